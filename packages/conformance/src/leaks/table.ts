import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import type { Ending, Living } from './ending.ts';
import { survivors } from './garbage.ts';

export type Refs = [name: string, ref: WeakRef<object>][];

/** Plays a row ten times and returns what must be gone now. */
export async function play({ once }: Living): Promise<Refs> {
  const refs: Refs = [];
  for (let i = 0; i < 10; i++) {
    await once((name, thing) => {
      refs.push([name, new WeakRef(thing)]);
      return thing;
    });
  }
  return refs;
}

/** How many listeners each foreign signal has. */
export function countListeners({ signals }: Living): number[] {
  return signals.map((signal) => getEventListeners(signal, 'abort').length);
}

/** Tests that nothing is left of anything that ends as a row of the table says. */
export function describeEndings(endings: readonly Ending[]): void {
  describe('what has ended', () => {
    it.each(endings)('is not kept by what lives on: $title', async ({ open }) => {
      const living = open();
      const listeners = countListeners(living);
      const refs = await play(living);
      expect(refs.length).toBeGreaterThanOrEqual(10);
      expect(await survivors(refs)).toEqual([]);
      expect(countListeners(living)).toEqual(listeners);
      // What lives on has lived until here.
      await living.once((_name, thing) => thing);
    });
  });
}
