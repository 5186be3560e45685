import { setImmediate } from 'node:timers/promises';
/** @import { Contender, Row } from './row.mjs' */

/**
 * Runs a contender `times` times for `n` items each, the set-up and the collection of garbage outside the clock.
 * @param {Row['unit']} unit
 * @param {Contender} contender
 * @param {number} n
 * @param {number} times
 * @returns {Promise<number>} nanoseconds or bytes per item
 * @throws Error when not all of the work was done
 */
export async function measure(unit, contender, n, times) {
  let sum = 0;
  for (let i = 0; i < times; i++) {
    const timed = await contender(n);
    await settle();
    const before = unit === 'ns' ? performance.now() : process.memoryUsage().heapUsed;
    const result = await timed();
    if (unit === 'bytes') await settle();
    const after = unit === 'ns' ? performance.now() : process.memoryUsage().heapUsed;
    sum += after - before;
    const done = typeof result === 'function' ? result() : result;
    if (done !== n) throw new Error(`${done} of ${n} items were done`);
    // What the set-up made is alive until here.
    keep(timed);
  }
  return ((unit === 'ns' ? 1e6 : 1) * sum) / (n * times);
}

/** Collects garbage twice, with a turn of the loop between for what finalizers and weak references hold on to. */
async function settle() {
  for (let i = 0; i < 2; i++) {
    globalThis.gc?.();
    await setImmediate();
  }
}

let kept;

/** @param {unknown} value */
function keep(value) {
  kept = value;
  return kept;
}
