// A child process that measures what its parent asks for, one contender at a time.
import { Meter } from './measure.mjs';
import { rows } from './rows.mjs';

/** @typedef {{ id: string, contender: string, n: number, times: number }} Order */

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

// The answer is a number, or a text when it failed.
process.on('message', (/** @type {Order} */ order) => {
  void Promise.resolve(order)
    .then((one) => meterOf(one).measure(one.times))
    .catch(String)
    .then((answer) => process.send?.(answer));
});
