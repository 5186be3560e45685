// A child process that measures what its parent asks for, one contender at a time.
import { Meter } from './measure.mjs';
import { profile } from './profile.mjs';
import { rows } from './rows.mjs';
/** @import { Profile } from './profile.mjs' */

/** @typedef {{ id: string, contender: string, n: number, times: number, profiled?: boolean }} Order */

/** @type {Map<string, Meter>} */
const meters = new Map();

/** @param {Order} order */
function meterOf({ id, contender, n }) {
  const key = `${id} ${contender} ${n}`;
  const found = meters.get(key);
  if (found) return found;
  const row = rows.find((one) => one.id === id);
  const work = row?.contenders[contender];
  if (!row || !work) throw new Error('no such row or contender');
  const meter = new Meter(row.unit, work, n);
  meters.set(key, meter);
  return meter;
}

/**
 * @param {Order} order
 * @returns {Promise<number | Profile>}
 */
async function answer(order) {
  const measure = () => meterOf(order).measure(order.times);
  return order.profiled ? profile(measure) : measure();
}

// A failure is answered with a text.
process.on('message', (/** @type {Order} */ order) => {
  void answer(order)
    .catch(String)
    .then((found) => process.send?.(found));
});
