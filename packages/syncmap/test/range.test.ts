import { SyncMap } from '@gosync/syncmap';
import { describe, expect, it, vi } from 'vitest';

const abc = (): SyncMap<string, number> =>
  new SyncMap([
    ['a', 1],
    ['b', 2],
    ['c', 3],
  ]);

/** One way to go through a map, calling `f` at every step. */
type Walk = (map: SyncMap<string, number>, f: (key: string, value: number) => void) => void;

describe.each<[string, Walk]>([
  ['SyncMap.range()', (map, f) => map.range(f)],
  [
    'SyncMap[Symbol.iterator]()',
    (map, f) => {
      for (const [key, value] of map) f(key, value);
    },
  ],
])('%s', (_title, walk) => {
  /** What is visited while `change` is done to the map at every step. */
  const visits = (
    map: SyncMap<string, number>,
    change: (key: string, value: number) => void = () => {},
  ) => {
    const seen: [string, number][] = [];
    walk(map, (key, value) => {
      seen.push([key, value]);
      if (seen.length > 100) throw new Error('does not end');
      change(key, value);
    });
    return seen;
  };

  it('visits every key with its value', () => {
    expect(visits(abc())).toEqual([
      ['a', 1],
      ['b', 2],
      ['c', 3],
    ]);
  });

  it('visits nothing in an empty map', () => {
    expect(visits(new SyncMap())).toEqual([]);
  });

  it('visits a key whose value is undefined, and one that is undefined', () => {
    const map = new SyncMap<unknown, unknown>([
      ['a', undefined],
      [undefined, 1],
    ]);
    const seen: unknown[] = [];
    map.range((...args) => void seen.push(args));
    expect(seen).toEqual([...map]);
    expect(seen).toEqual([
      ['a', undefined],
      [undefined, 1],
    ]);
  });

  it('visits each key once although every one is deleted and stored again', () => {
    const map = abc();
    const seen = visits(map, (key) => {
      map.delete(key);
      map.store(key, 10);
    });
    expect(seen).toEqual([
      ['a', 1],
      ['b', 2],
      ['c', 3],
    ]);
    expect(map.size).toBe(3);
  });

  it('ends although every step stores a new key, and visits none of those', () => {
    const map = abc();
    const seen = visits(map, (key) => map.store(`${key}${map.size}`, 0));
    expect(seen.map(([key]) => key)).toEqual(['a', 'b', 'c']);
    expect(map.size).toBe(6);
  });

  it('does not visit what was deleted before its turn', () => {
    const map = abc();
    const seen = visits(map, (key) => {
      if (key === 'a') map.delete('b');
    });
    expect(seen.map(([key]) => key)).toEqual(['a', 'c']);
  });

  it('shows the value that a key has when its turn comes', () => {
    const map = abc();
    const seen = visits(map, (_key, value) => {
      map.store('b', value * 10);
      map.store('c', value * 100);
    });
    expect(seen).toEqual([
      ['a', 1],
      ['b', 10],
      ['c', 1000],
    ]);
  });

  it('visits once, with its new value, what is deleted and stored again before its turn', () => {
    const map = abc();
    const seen = visits(map, (key) => {
      if (key !== 'a') return;
      map.delete('b');
      map.store('b', 20);
    });
    expect(seen).toEqual([
      ['a', 1],
      ['b', 20],
      ['c', 3],
    ]);
  });

  it('ends when the map is cleared on the way', () => {
    const map = abc();
    expect(visits(map, () => map.clear())).toEqual([['a', 1]]);
    expect(map.size).toBe(0);
  });

  it('visits no key twice when the map is cleared and filled again at every step', () => {
    const map = abc();
    const seen = visits(map, () => {
      map.clear();
      for (const key of ['c', 'b', 'a']) map.store(key, 7);
    });
    expect(seen).toHaveLength(3);
    expect(Object.fromEntries(seen)).toEqual({ a: 1, b: 7, c: 7 });
  });

  it('can be nested, each walk with a visit of its own to each key', () => {
    const map = abc();
    const inner: string[] = [];
    const outer = visits(map, (key) => {
      walk(map, (other) => {
        inner.push(key + other);
        map.delete(other);
        map.store(other, 0);
      });
    });
    expect(outer.map(([key]) => key)).toEqual(['a', 'b', 'c']);
    expect(inner).toHaveLength(9);
    expect(new Set(inner)).toEqual(new Set(['aa', 'ab', 'ac', 'ba', 'bb', 'bc', 'ca', 'cb', 'cc']));
  });

  it('lets an error of the caller through, and the map goes on', () => {
    const map = abc();
    const failing = () =>
      walk(map, () => {
        throw new Error('stop');
      });
    expect(failing).toThrow('stop');
    map.store('d', 4);
    expect(visits(map).map(([key]) => key)).toEqual(['a', 'b', 'c', 'd']);
  });
});

describe('SyncMap.range()', () => {
  it('stops when f returns false', () => {
    const f = vi.fn<(key: string) => boolean>((key) => key !== 'b');
    expect(abc().range(f)).toBeUndefined();
    expect(f.mock.calls).toEqual([
      ['a', 1],
      ['b', 2],
    ]);
  });

  it('stops alone when it is inside another one', () => {
    const visited: string[] = [];
    const map = abc();
    map.range((outer) => {
      map.range((inner) => {
        visited.push(outer + inner);
        return inner !== 'b';
      });
    });
    expect(visited).toEqual(['aa', 'ab', 'ba', 'bb', 'ca', 'cb']);
  });

  it('shows its changes to everything else while it is running, and afterwards', () => {
    const map = abc();
    const sizes: number[] = [];
    const seen = (): void => {
      sizes.push(map.size);
      expect([...map]).toHaveLength(map.size);
    };
    map.range((key) => {
      if (key !== 'a') return;
      map.delete('b');
      map.delete('nothing');
      seen();
      map.store('b', 20);
      map.store('d', 4);
      seen();
      map.clear();
      seen();
      expect(map.load('b')).toEqual([undefined, false]);
      expect(map.loadOrStore('c', 30)).toEqual([30, false]);
      seen();
    });
    seen();
    expect(sizes).toEqual([2, 4, 0, 1, 1]);
    expect([...map]).toEqual([['c', 30]]);
  });

  it('leaves the map in order when f throws after a deletion', () => {
    const map = abc();
    const failing = (): never => {
      map.delete('b');
      throw new Error('stop');
    };
    expect(() => map.range(failing)).toThrow('stop');
    expect(map.size).toBe(2);
    map.store('b', 20);
    expect([...map]).toEqual([
      ['a', 1],
      ['c', 3],
      ['b', 20],
    ]);
  });

  it('takes a time that is linear in the keys although f deletes them and looks at all that is left', () => {
    const length = 40_000;
    const map = new SyncMap(Array.from({ length }, (_, key) => [key, key] as const));
    let sizes = 0;
    let walked = 0;
    map.range((key) => {
      map.delete(key);
      sizes += map.size;
      // Only the last half of the steps walk, so that few keys are left to be walked.
      if (map.size < 50) walked += [...map].length;
    });
    expect(sizes).toBe((length * (length - 1)) / 2);
    expect(walked).toBe((50 * 49) / 2);
  });

  it('takes a time that is linear in the keys although f clears the map and stores again', () => {
    const length = 40_000;
    const map = new SyncMap(Array.from({ length }, (_, key) => [key, key] as const));
    let visits = 0;
    map.range((key) => {
      visits++;
      map.clear();
      map.store(key, 0);
      map.store(key + 1, visits);
    });
    expect(visits).toBe(length);
    expect([...map]).toEqual([
      [length - 1, 0],
      [length, length],
    ]);
  });

  it('visits no key twice when keys are stored again after most were deleted', () => {
    const map = abc();
    const seen: string[] = [];
    map.range((key) => {
      seen.push(key);
      for (const other of ['a', 'b', 'c']) map.delete(other);
      for (const other of ['c', 'a']) map.store(other, 5);
      map.range((inner) => {
        seen.push(key + inner);
        map.delete(inner);
        map.store(inner, 6);
      });
    });
    expect(seen).toEqual(['a', 'ac', 'aa', 'c', 'cc', 'ca']);
    expect(map.size).toBe(2);
  });

  it.each([[undefined], [null], [0], [''], [NaN], [true]])(
    'goes on when f returns %o: only false stops',
    (result) => {
      let calls = 0;
      const f = () => {
        calls++;
        return result;
      };
      Reflect.apply(SyncMap.prototype.range, abc(), [f]);
      expect(calls).toBe(3);
    },
  );

  it.each([[undefined], [null], ['f'], [{}]])(
    'throws a TypeError when f is %o, also when there is nothing to visit',
    (f) => {
      const misuse = () => Reflect.apply(SyncMap.prototype.range, new SyncMap(), [f]);
      expect(misuse).toThrow(TypeError);
      expect(misuse).toThrow(`syncmap: f is not a function: ${Object.prototype.toString.call(f)}`);
    },
  );

  it('throws its own TypeError when f is an object that cannot be read', () => {
    const f = Proxy.revocable({}, {});
    f.revoke();
    expect(() => Reflect.apply(SyncMap.prototype.range, new SyncMap(), [f.proxy])).toThrow(
      'syncmap: f is not a function: object',
    );
  });

  it('sees consistent values in nested calls that store, load and delete [go: TestMapRangeNestedCall]', () => {
    const map = new SyncMap<number, string>(['hello', 'world', 'Go'].entries());
    const found: unknown[] = [];
    map.range((outer) => {
      map.range((key, value) => {
        found.push(map.load(key)[0] === value);
        // A key that nobody keeps: stored and taken out again at every step.
        found.push(!map.loadOrStore(42, 'dummy')[1]);
        map.store(42, 'sync.Map');
        found.push(map.loadAndDelete(42)[0] === 'sync.Map');
      });
      map.delete(outer);
    });
    expect(found).toEqual(Array.from({ length: 3 * (3 + 2 + 1) }, () => true));
    expect(map.size).toBe(0);
  });
});
