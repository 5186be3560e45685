import { SyncMap } from '@gosync/syncmap';
import { describe, expect, it } from 'vitest';

const missing = [undefined, false];

describe('new SyncMap()', () => {
  it.each([
    ['an array of pairs', [['a', 1] as const, ['b', 2] as const]],
    [
      'a Map',
      new Map([
        ['a', 1],
        ['b', 2],
      ]),
    ],
    [
      'another SyncMap',
      new SyncMap([
        ['a', 1],
        ['b', 2],
      ]),
    ],
    ['any iterable', Object.entries({ a: 1, b: 2 }).values()],
  ])('starts with what is in %s', (_title, entries: Iterable<readonly [string, number]>) => {
    expect([...new SyncMap(entries)]).toEqual([
      ['a', 1],
      ['b', 2],
    ]);
  });

  it.each([[[]], [[undefined]]])('starts empty when given %o', (args) => {
    const map: SyncMap<string, number> = Reflect.construct(SyncMap, args);
    expect(map.size).toBe(0);
    expect(map.load('a')).toEqual(missing);
  });

  it('takes a copy: later changes of the source do not show', () => {
    const source = new Map([['a', 1]]);
    const map = new SyncMap(source);
    source.set('a', 2).set('b', 3);
    expect([...map]).toEqual([['a', 1]]);
  });

  it('keeps the last value of a key that comes twice', () => {
    const map = new SyncMap([
      ['a', 1],
      ['a', 2],
    ]);
    expect([...map]).toEqual([['a', 2]]);
  });

  it.each([[null], [42], [true], [{}], [Symbol('entries')], [() => []]])(
    'throws a TypeError that names what %o is: not iterable',
    (entries) => {
      const misuse = () => Reflect.construct(SyncMap, [entries]);
      expect(misuse).toThrow(TypeError);
      expect(misuse).toThrow(
        `syncmap: entries are not iterable: ${Object.prototype.toString.call(entries)}`,
      );
    },
  );

  it.each([['ab'], [[1, 2]], [[undefined]]])(
    'throws a TypeError when the elements of %o are no pairs',
    (entries) => {
      expect(() => Reflect.construct(SyncMap, [entries])).toThrow(TypeError);
    },
  );

  it('throws a TypeError when called without new', () => {
    expect(() => Reflect.apply(SyncMap, undefined, [])).toThrow(TypeError);
  });

  it('lets an error of the iterable through', () => {
    const broken = {
      [Symbol.iterator](): Iterator<readonly [string, number]> {
        throw new Error('broken');
      },
    };
    expect(() => new SyncMap(broken)).toThrow('broken');
  });
});

describe('SyncMap.load()', () => {
  it('returns the value and true, or undefined and false', () => {
    const map = new SyncMap([['a', 1]]);
    expect(map.load('a')).toEqual([1, true]);
    expect(map.load('b')).toEqual(missing);
  });

  it.each([[undefined], [null], [0], [''], [false], [NaN]])('finds %o as a value', (value) => {
    expect(new SyncMap([['a', value]]).load('a')).toEqual([value, true]);
  });

  it('gives a result for what is missing that no caller can change for the others', () => {
    const map = new SyncMap<string, number>();
    for (const result of [map.load('a'), map.swap('b', 1), map.loadAndDelete('c')]) {
      expect(Reflect.set(result, 0, 'changed')).toBe(false);
      expect(Reflect.set(result, 1, true)).toBe(false);
    }
    expect(map.load('z')).toEqual(missing);
  });

  it('gives a result for what is found that later changes do not alter', () => {
    const map = new SyncMap([['a', 1]]);
    const result = map.load('a');
    map.store('a', 2);
    map.delete('a');
    expect(result).toEqual([1, true]);
  });
});

describe('SyncMap.store()', () => {
  it('adds a key, and replaces the value of one', () => {
    const map = new SyncMap<string, number>();
    expect(map.store('a', 1)).toBeUndefined();
    expect(map.load('a')).toEqual([1, true]);
    map.store('a', 2);
    expect(map.load('a')).toEqual([2, true]);
    expect(map.size).toBe(1);
  });

  it('stores undefined as a value', () => {
    const map = new SyncMap<string, number | undefined>([['a', 1]]);
    map.store('a', undefined);
    expect(map.load('a')).toEqual([undefined, true]);
    expect(map.size).toBe(1);
  });
});

describe('SyncMap.loadOrStore()', () => {
  it('stores and returns the given value when there is none', () => {
    const map = new SyncMap<string, number>();
    expect(map.loadOrStore('a', 1)).toEqual([1, false]);
    expect(map.load('a')).toEqual([1, true]);
  });

  it('returns what is there and stores nothing when there is a value', () => {
    const map = new SyncMap([['a', 1]]);
    expect(map.loadOrStore('a', 2)).toEqual([1, true]);
    expect(map.load('a')).toEqual([1, true]);
  });

  it('counts undefined as a value that is there', () => {
    const map = new SyncMap<string, number | undefined>();
    expect(map.loadOrStore('a', undefined)).toEqual([undefined, false]);
    expect(map.loadOrStore('a', 1)).toEqual([undefined, true]);
  });
});

describe('SyncMap.loadAndDelete()', () => {
  it('deletes a key and returns what it had', () => {
    const map = new SyncMap<string, number | undefined>([
      ['a', 1],
      ['b', undefined],
    ]);
    expect(map.loadAndDelete('a')).toEqual([1, true]);
    expect(map.loadAndDelete('b')).toEqual([undefined, true]);
    expect(map.size).toBe(0);
  });

  it('returns undefined and false for a key that is not there', () => {
    const map = new SyncMap([['a', 1]]);
    expect(map.loadAndDelete('b')).toEqual(missing);
    expect(map.size).toBe(1);
  });
});

describe('SyncMap.delete()', () => {
  it('deletes a key, and returns nothing whether it was there or not', () => {
    const map = new SyncMap([['a', 1]]);
    expect(map.delete('a')).toBeUndefined();
    expect(map.load('a')).toEqual(missing);
    expect(map.delete('a')).toBeUndefined();
    expect(map.size).toBe(0);
  });
});

describe('SyncMap.swap()', () => {
  it('stores a value and returns the one before', () => {
    const map = new SyncMap<string, number | undefined>();
    expect(map.swap('a', undefined)).toEqual(missing);
    expect(map.swap('a', 1)).toEqual([undefined, true]);
    expect(map.swap('a', 2)).toEqual([1, true]);
    expect(map.load('a')).toEqual([2, true]);
  });
});

describe('SyncMap.clear()', () => {
  it('deletes everything, and the map goes on', () => {
    const map = new SyncMap([
      ['a', 1],
      ['b', 2],
    ]);
    expect(map.clear()).toBeUndefined();
    expect(map.size).toBe(0);
    expect([...map]).toEqual([]);
    expect(map.load('a')).toEqual(missing);
    map.store('a', 3);
    expect([...map]).toEqual([['a', 3]]);
  });
});

describe('SyncMap.size', () => {
  it('is the number of keys, undefined values included', () => {
    const map = new SyncMap<string, number | undefined>();
    expect(map.size).toBe(0);
    map.store('a', undefined);
    map.store('a', 1);
    map.loadOrStore('b', 2);
    map.swap('c', 3);
    expect(map.size).toBe(3);
    map.delete('c');
    map.compareAndDelete('b', 2);
    expect(map.size).toBe(1);
  });

  it('is read-only', () => {
    expect(Reflect.set(new SyncMap(), 'size', 5)).toBe(false);
  });
});

describe('SyncMap keys', () => {
  it.each<[unknown, unknown]>([
    [NaN, NaN],
    [0, -0],
    [undefined, undefined],
    [null, null],
    ['__proto__', '__proto__'],
  ])('are the same: %o and %o', (key, same) => {
    const map = new SyncMap<unknown, number>([[key, 1]]);
    expect(map.load(same)).toEqual([1, true]);
    expect(map.loadOrStore(same, 2)).toEqual([1, true]);
    expect(map.compareAndSwap(same, 1, 3)).toBe(true);
    expect(map.size).toBe(1);
    expect(map.loadAndDelete(same)).toEqual([3, true]);
  });

  it.each<[string, unknown, unknown]>([
    ['1 and "1"', 1, '1'],
    ['two equal objects', {}, {}],
    ['undefined and null', undefined, null],
    ['undefined and "undefined"', undefined, 'undefined'],
    ['"__proto__" and Object.prototype', '__proto__', Object.prototype],
  ])('are different: %s', (_title, key, other) => {
    const map = new SyncMap<unknown, number>([[key, 1]]);
    expect(map.load(other)).toEqual(missing);
    map.delete(other);
    expect(map.loadOrStore(other, 2)).toEqual([2, false]);
    expect(map.size).toBe(2);
  });

  it.each([['__proto__'], ['constructor'], ['toString']])(
    'come from nowhere: a new map has no %s',
    (key) => {
      expect(new SyncMap<string, unknown>().load(key)).toEqual(missing);
    },
  );

  it('keeps keys and values that cannot be read', () => {
    const key = Proxy.revocable({}, {});
    const value = Proxy.revocable({}, {});
    key.revoke();
    value.revoke();
    const map = new SyncMap([[key.proxy, value.proxy]]);
    expect(map.load(key.proxy)[0] === value.proxy).toBe(true);
    expect(map.compareAndSwap(key.proxy, value.proxy, {})).toBe(true);
    expect([...map][0]?.[0] === key.proxy).toBe(true);
  });
});
