import { setImmediate } from 'node:timers/promises';
/** @import { Contender, Row, Timed, Work } from './row.mjs' */

/** Measures a contender again and again, with what it set up once. */
export class Meter {
  #unit;
  #contender;
  #n;
  /** @type {Work | undefined} */
  #work;

  /**
   * @param {Row['unit']} unit
   * @param {Contender} contender
   * @param {number} n
   */
  constructor(unit, contender, n) {
    this.#unit = unit;
    this.#contender = contender;
    this.#n = n;
  }

  /**
   * Runs it `times` times, preparation and the collection of garbage outside the clock.
   * @param {number} times
   * @returns {Promise<number>} nanoseconds or bytes per item
   * @throws Error when not all of the work was done
   */
  async measure(times) {
    let sum = 0;
    for (let i = 0; i < times; i++) {
      // What is alive after a run is measured anew each time.
      if (this.#unit === 'bytes') this.#work = undefined;
      const work = (this.#work ??= await this.#contender(this.#n));
      if (typeof work === 'object') work.prepare();
      sum += await this.#once(typeof work === 'object' ? work.run : work);
    }
    return sum / (this.#n * times);
  }

  /** @param {Timed} timed */
  async #once(timed) {
    const bytes = this.#unit === 'bytes';
    await (bytes ? collectAll() : collectYoung());
    const before = bytes ? process.memoryUsage().heapUsed : performance.now();
    const result = await timed();
    if (bytes) await collectAll();
    const after = bytes ? process.memoryUsage().heapUsed : performance.now();
    const done = typeof result === 'function' ? result() : result;
    if (done !== this.#n) throw new Error(`${done} of ${this.#n} items were done`);
    return (after - before) * (bytes ? 1 : 1e6);
  }
}

/**
 * Before a run: the garbage of the one before is not its fault. The young generation only: after two full collections
 * at which nothing of a class is alive V8 forgets the class's shape, and with it all code that was optimized for it, so
 * that every run would measure the warm-up again.
 */
async function collectYoung() {
  globalThis.gc?.({ type: 'minor' });
  await setImmediate();
}

/** Twice, with a turn of the loop between for what finalizers and weak references hold on to. */
async function collectAll() {
  for (let i = 0; i < 2; i++) {
    globalThis.gc?.();
    await setImmediate();
  }
}
