import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
/** @import { Order } from './worker.mjs' */

/** A worker in a process of its own, so that no contender's types and garbage slow another down. */
export class Child {
  #process;

  /** @param {string} node the binary that runs it */
  constructor(node) {
    this.#process = fork(join(import.meta.dirname, 'worker.mjs'), {
      execPath: node,
      // Radashi's listeners on one signal are one warning each.
      execArgv: ['--expose-gc', '--no-warnings'],
    });
  }

  /**
   * @param {Order} order
   * @returns {Promise<number>}
   */
  async measure(order) {
    this.#process.send(order);
    const [answer] = await Promise.race([
      once(this.#process, 'message'),
      once(this.#process, 'exit').then(([code]) => {
        throw new Error(`${order.id}, ${order.contender}: the worker ended with ${code}`);
      }),
    ]);
    if (answer.error !== undefined) throw new Error(answer.error);
    return answer.value;
  }

  stop() {
    this.#process.kill();
  }
}
