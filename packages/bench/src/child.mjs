import { fork } from 'node:child_process';
import { join } from 'node:path';
/** @import { Order } from './worker.mjs' */

/** A worker in a process of its own, so that no contender's types and garbage slow another down. */
export class Child {
  #process;
  /** @type {(answer: unknown) => void} */
  #answer = () => {};

  /** @param {string} node the binary that runs it */
  constructor(node) {
    this.#process = fork(join(import.meta.dirname, 'worker.mjs'), {
      execPath: node,
      // Radashi's listeners on one signal are one warning each.
      execArgv: ['--expose-gc', '--no-warnings'],
    });
    this.#process.on('message', (answer) => this.#answer(answer));
    this.#process.on('exit', (code) => this.#answer(`the worker ended with ${code}`));
  }

  /**
   * @param {Order} order one at a time
   * @returns {Promise<number>}
   */
  measure(order) {
    return new Promise((resolve, reject) => {
      this.#answer = (answer) => {
        if (typeof answer === 'number') resolve(answer);
        else reject(new Error(`${order.id}, ${order.contender}: ${String(answer)}`));
      };
      this.#process.send(order);
    });
  }

  stop() {
    this.#process.kill();
  }
}
