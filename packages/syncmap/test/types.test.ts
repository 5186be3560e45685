import { SyncMap } from '@gosync/syncmap';
import { describe, expect, expectTypeOf, it } from 'vitest';

type M = SyncMap<string, Date>;
type Found = readonly [Date, true] | readonly [undefined, false];

describe('SyncMap<K, V>', () => {
  it('types keys and values of all methods', () => {
    expectTypeOf<M['load']>().toEqualTypeOf<(key: string) => Found>();
    expectTypeOf<M['store']>().toEqualTypeOf<(key: string, value: Date) => void>();
    expectTypeOf<M['loadOrStore']>().toEqualTypeOf<
      (key: string, value: Date) => readonly [Date, boolean]
    >();
    expectTypeOf<M['loadAndDelete']>().toEqualTypeOf<(key: string) => Found>();
    expectTypeOf<M['delete']>().toEqualTypeOf<(key: string) => void>();
    expectTypeOf<M['swap']>().toEqualTypeOf<(key: string, value: Date) => Found>();
    expectTypeOf<M['compareAndSwap']>().toEqualTypeOf<
      (key: string, old: Date, value: Date) => boolean
    >();
    expectTypeOf<M['compareAndDelete']>().toEqualTypeOf<(key: string, old: Date) => boolean>();
    expectTypeOf<M['clear']>().toEqualTypeOf<() => void>();
    expectTypeOf<M['range']>().toEqualTypeOf<
      (f: (key: string, value: Date) => boolean | void) => void
    >();
    expectTypeOf<M['size']>().toEqualTypeOf<number>();
  });

  it('tells a value by `ok`', () => {
    const map = new SyncMap([['a', 'text']]);
    const [value, ok] = map.load('a');
    expectTypeOf(value).toEqualTypeOf<string | undefined>();
    expect(ok ? value.toUpperCase() : (value satisfies undefined)).toBe('TEXT');
  });

  it('is an iterable of read-only pairs', () => {
    expectTypeOf<M>().toExtend<Iterable<readonly [string, Date]>>();
    expectTypeOf<M>().not.toExtend<Iterable<[string, Date]>>();
  });

  it('infers its types from what it starts with', () => {
    expectTypeOf(new SyncMap([['a', 1] as const])).toEqualTypeOf<SyncMap<'a', 1>>();
    expectTypeOf(new SyncMap(new Map<number, Date>())).toEqualTypeOf<SyncMap<number, Date>>();
    expectTypeOf(new SyncMap<string, Date>()).toEqualTypeOf<M>();
  });

  it('rejects other keys and values, and has a size that is read-only', () => {
    expectTypeOf<number>().not.toExtend<Parameters<M['load']>[0]>();
    expectTypeOf<number>().not.toExtend<Parameters<M['store']>[1]>();
    expectTypeOf<Pick<M, 'size'>>().toEqualTypeOf<Readonly<Pick<M, 'size'>>>();
  });
});
