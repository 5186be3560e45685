import { SyncMap } from '@gosync/syncmap';
import { describe, expect, it } from 'vitest';

const object = {};
const missing = [undefined, false];

describe('SyncMap.compareAndSwap()', () => {
  it('stores the new value when the old one is there, and only then', () => {
    const map = new SyncMap([['a', 1]]);
    expect(map.compareAndSwap('a', 2, 3)).toBe(false);
    expect(map.load('a')).toEqual([1, true]);
    expect(map.compareAndSwap('a', 1, 3)).toBe(true);
    expect(map.load('a')).toEqual([3, true]);
  });

  it('swaps nothing under a key that is not there, not for undefined either [go: TestCompareAndSwap_NonExistingKey]', () => {
    const map = new SyncMap<unknown, number | undefined | null>();
    expect(map.compareAndSwap(map, undefined, 42)).toBe(false);
    expect(map.compareAndSwap(map, null, 42)).toBe(false);
    expect(map.size).toBe(0);
  });

  it('swaps undefined that is stored, and to undefined', () => {
    const map = new SyncMap<string, number | undefined>([['a', undefined]]);
    expect(map.compareAndSwap('a', undefined, 1)).toBe(true);
    expect(map.compareAndSwap('a', 1, undefined)).toBe(true);
    expect(map.load('a')).toEqual([undefined, true]);
  });

  it('is true when it swaps a value for itself', () => {
    expect(new SyncMap([['a', 1]]).compareAndSwap('a', 1, 1)).toBe(true);
  });
});

describe('SyncMap.compareAndDelete()', () => {
  it('deletes a key that has the old value, and only then', () => {
    const map = new SyncMap([['a', 1]]);
    expect(map.compareAndDelete('a', 2)).toBe(false);
    expect(map.load('a')).toEqual([1, true]);
    expect(map.compareAndDelete('a', 1)).toBe(true);
    expect(map.load('a')).toEqual(missing);
    expect(map.compareAndDelete('a', 1)).toBe(false);
  });

  it('deletes nothing under a key that is not there, not for undefined either', () => {
    const map = new SyncMap<string, number | undefined>();
    expect(map.compareAndDelete('a', undefined)).toBe(false);
  });

  it('deletes undefined that is stored', () => {
    const map = new SyncMap<string, number | undefined>([['a', undefined]]);
    expect(map.compareAndDelete('a', undefined)).toBe(true);
    expect(map.size).toBe(0);
  });
});

describe('SyncMap old values', () => {
  it.each<[unknown, unknown]>([
    [0, -0],
    [object, object],
    [null, null],
    ['a', 'a'],
    [1n, 1n],
  ])('match: %o is the stored %o', (old, stored) => {
    const map = new SyncMap<string, unknown>([['key', stored]]);
    expect(map.compareAndSwap('key', old, stored)).toBe(true);
    expect(map.compareAndDelete('key', old)).toBe(true);
  });

  it.each<[unknown, unknown]>([
    [NaN, NaN],
    [{}, {}],
    [1, '1'],
    [1, 1n],
    [undefined, null],
    [null, undefined],
  ])('do not match: %o is not the stored %o', (old, stored) => {
    const map = new SyncMap<string, unknown>([['key', stored]]);
    expect(map.compareAndSwap('key', old, 'new')).toBe(false);
    expect(map.compareAndDelete('key', old)).toBe(false);
    expect(map.load('key')).toEqual([stored, true]);
  });
});
