import { describe, expect, it } from 'vitest';
import { gateways } from '../service/gateways.mjs';

describe.each(Object.entries(gateways))('the gateway %s', (_, make) => {
  it('answers every request with what is upstream', async () => {
    const answer = await make();
    const keys = Array.from({ length: 500 }, (__, i) => String(i % 50));
    const bodies = await Promise.all(keys.map((key) => answer(key, () => {})));
    expect(bodies).toEqual(keys);
  });
});

describe.each(['gosync', 'p-queue, p-memoize', 'effect'])('the gateway %s', (name) => {
  it('lets a client leave, and the others of its flight go on', async () => {
    const answer = await gateways[name]?.();
    const leaves: (() => void)[] = [];
    const leaving = answer?.('8', (leave) => leaves.push(leave));
    const staying = answer?.('8', () => {});
    for (const leave of leaves) leave();
    await expect(leaving).rejects.toBeDefined();
    await expect(staying).resolves.toBe('8');
  });
});
