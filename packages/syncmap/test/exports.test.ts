import * as syncmap from '@gosync/syncmap';
import { describe, expect, it } from 'vitest';

describe('@gosync/syncmap', () => {
  it('exports its class under two names, and nothing else', () => {
    expect(Object.keys(syncmap).sort()).toEqual(['Map', 'SyncMap']);
    expect(syncmap.Map).toBe(syncmap.SyncMap);
  });

  it('has the methods of Go’s Map, an iterator, a size and a text for the console', () => {
    expect(Reflect.ownKeys(syncmap.Map.prototype).map(String).sort()).toEqual([
      'Symbol(Symbol.iterator)',
      'Symbol(nodejs.util.inspect.custom)',
      'clear',
      'compareAndDelete',
      'compareAndSwap',
      'constructor',
      'delete',
      'load',
      'loadAndDelete',
      'loadOrStore',
      'range',
      'size',
      'store',
      'swap',
    ]);
  });

  it('shows none of its state', () => {
    expect(Reflect.ownKeys(new syncmap.SyncMap([['a', 1]]))).toEqual([]);
  });

  it('reads as a namespace', () => {
    expect(new syncmap.Map([['a', 1]]).load('a')).toEqual([1, true]);
  });
});
