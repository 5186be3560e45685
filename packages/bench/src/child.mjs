import { fork } from 'node:child_process';
import { join } from 'node:path';
/** @import { Order } from './worker.mjs' */

/** A worker in a process of its own, so that no contender's types and garbage slow another down. */
export class Child {
  #process;
  /** @type {(answer: { value: number } | { error: string }) => void} */
  #answer = () => {};

  /** @param {string} node the binary that runs it */
  constructor(node) {
    this.#process = fork(join(import.meta.dirname, 'worker.mjs'), {
      execPath: node,
      // Radashi's listeners on one signal are one warning each.
      execArgv: ['--expose-gc', '--no-warnings'],
    });
    this.#process.on('message', (answer) =>
      this.#answer(/** @type {{ value: number }} */ (answer)),
    );
    this.#process.on('exit', (code) => this.#answer({ error: `the worker ended with ${code}` }));
  }

  /**
   * @param {Order} order one at a time
   * @returns {Promise<number>}
   */
  measure(order) {
    return new Promise((resolve, reject) => {
      this.#answer = (answer) => {
        if ('value' in answer) resolve(answer.value);
        else reject(new Error(`${order.id}, ${order.contender}: ${answer.error}`));
      };
      this.#process.send(order);
    });
  }

  stop() {
    this.#process.kill();
  }
}
