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

process.on('message', async (/** @type {Order} */ order) => {
  try {
    process.send?.({ value: await meterOf(order).measure(order.times) });
  } catch (error) {
    process.send?.({ error: String(error) });
  }
});
