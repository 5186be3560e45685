import { fork } from 'node:child_process';
import { join } from 'node:path';
/** @import { Profile } from './profile.mjs' */
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
  async measure(order) {
    const answer = await this.#ask(order);
    if (typeof answer === 'number') return answer;
    throw failure(order, answer);
  }

  /**
   * @param {Order} order one at a time
   * @returns {Promise<Profile>}
   */
  async profile(order) {
    const answer = await this.#ask({ ...order, profiled: true });
    if (isProfile(answer)) return answer;
    throw failure(order, answer);
  }

  /**
   * @param {Order} order
   * @returns {Promise<unknown>}
   */
  #ask(order) {
    return new Promise((resolve) => {
      this.#answer = resolve;
      this.#process.send(order);
    });
  }

  stop() {
    this.#process.kill();
  }
}

/**
 * @param {Order} order
 * @param {unknown} answer
 */
function failure({ id, contender }, answer) {
  return new Error(`${id}, ${contender}: ${String(answer)}`);
}

/**
 * @param {unknown} answer
 * @returns {answer is Profile}
 */
function isProfile(answer) {
  return typeof answer === 'object' && answer !== null && 'collector' in answer;
}
