import { afterFunc, background, withCancel } from '@gosync/context';
import { Weighted } from '@gosync/semaphore';
import { Group } from '@gosync/singleflight';
import { SyncMap } from '@gosync/syncmap';
import { describe, expect, it } from 'vitest';
import { ending } from '../src/leaks/ending.ts';
import { growth, survivors } from '../src/leaks/garbage.ts';
import { countListeners, play } from '../src/leaks/table.ts';

/** Things that have not ended, and are kept for that reason. */
const begun = [
  {
    kept: ['child'],
    row: ending(
      'a child that was not canceled',
      () => ({ parent: withCancel(background())[0] }),
      ({ parent }, track) => void track('child', withCancel(parent)[0]),
    ),
  },
  {
    kept: ['callback'],
    row: ending(
      'a callback that was not stopped',
      () => ({ signal: new AbortController().signal }),
      ({ signal }, track) =>
        void afterFunc(
          signal,
          track('callback', () => undefined),
        ),
    ),
  },
  {
    kept: ['value'],
    row: ending(
      'a function that waits in a queue',
      () => {
        const sem = new Weighted(1);
        sem.tryAcquire();
        return { sem };
      },
      ({ sem }, track) => {
        const value = track('value', {});
        void sem.run(() => value);
      },
    ),
  },
  {
    kept: ['key'],
    row: ending(
      'a call under way',
      () => ({ group: new Group<object, object>() }),
      ({ group }, track) => void group.do(track('key', {}), () => new Promise(() => undefined)),
    ),
  },
  {
    kept: ['key', 'value'],
    row: ending(
      'an entry of a map',
      () => ({ map: new SyncMap<object, object>() }),
      ({ map }, track) => map.store(track('key', {}), track('value', {})),
    ),
  },
];

describe('what has not ended', () => {
  it.each(begun)('is seen to be kept: $row.title', async ({ kept, row }) => {
    const living = row.open();
    expect(await survivors(await play(living))).toEqual(kept);
    await living.once((_name, thing) => thing);
  });

  it.each(begun)('is seen in the heap: $row.title', async ({ row }) => {
    const { once } = row.open();
    expect(await growth(() => once((_name, thing) => thing), 1_000)).toBeGreaterThan(64);
  });

  it('is seen in the number of listeners', async () => {
    const living = ending(
      'a child of a foreign signal that was not canceled',
      () => ({ signal: new AbortController().signal }),
      ({ signal }) => void withCancel(signal),
    ).open();
    expect(countListeners(living)).toEqual([0]);
    await play(living);
    expect(countListeners(living)).toEqual([1]);
  });
});
