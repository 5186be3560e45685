// A child process that measures what its parent asks for, one contender at a time.
import { measure } from './measure.mjs';
import { rows } from './rows.mjs';

/** @typedef {{ id: string, contender: string, n: number, times: number }} Order */

process.on('message', async (/** @type {Order} */ order) => {
  try {
    const row = rows.find(({ id }) => id === order.id);
    const contender = row?.contenders[order.contender];
    if (!row || !contender) throw new Error('no such row or contender');
    const value = await measure(row.unit, contender, order.n, order.times);
    process.send?.({ value });
  } catch (error) {
    process.send?.({ error: String(error) });
  }
});
