import { SyncMap } from '@gosync/syncmap';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';

describe('console.log(SyncMap)', () => {
  it('shows the keys and values, as of a Map', () => {
    const map = new SyncMap<string, unknown>([
      ['a', 1],
      ['b', { c: undefined }],
    ]);
    expect(inspect(map)).toBe("SyncMap(2) { 'a' => 1, 'b' => { c: undefined } }");
    expect(inspect(new SyncMap())).toBe('SyncMap(0) {}');
  });

  it('shows a map in a map, and a map in itself', () => {
    const map = new SyncMap<string, unknown>([['inner', new SyncMap([['a', 1]])]]);
    expect(inspect(map)).toBe("SyncMap(1) { 'inner' => SyncMap(1) { 'a' => 1 } }");
    expect(inspect(map, { depth: 0 })).toBe("SyncMap(1) { 'inner' => [SyncMap] }");
    map.store('inner', map);
    expect(inspect(map)).toBe("SyncMap(1) { 'inner' => [Circular] }");
  });

  it('ends at whatever leads back to the map, at every depth', () => {
    const map = new SyncMap<string, unknown>();
    const other = new SyncMap<string, unknown>([['back', { map }]]);
    map.store('other', other);
    map.store('again', new SyncMap());
    expect(inspect(map, { depth: null })).toBe(
      "SyncMap(2) {\n  'other' => SyncMap(1) { 'back' => { map: [Circular] } },\n  'again' => SyncMap(0) {}\n}",
    );
    expect(inspect([map, map], { depth: 0 })).toBe('[ [SyncMap], [SyncMap] ]');
  });

  it('is as before after a value that could not be shown', () => {
    const map = new SyncMap<string, unknown>();
    map.store('bad', {
      [inspect.custom]() {
        throw new Error('no text');
      },
    });
    expect(() => inspect(map)).toThrow('no text');
    map.store('bad', 1);
    expect(inspect(map)).toBe("SyncMap(1) { 'bad' => 1 }");
  });

  it('leaves out what was deleted while the map is iterated', () => {
    const map = new SyncMap([
      ['a', 1],
      ['b', 2],
    ]);
    const shown: string[] = [];
    map.range((key) => {
      map.delete(key);
      shown.push(inspect(map));
    });
    expect(shown).toEqual(["SyncMap(1) { 'b' => 2 }", 'SyncMap(0) {}']);
  });
});
