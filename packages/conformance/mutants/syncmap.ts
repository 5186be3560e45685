import type { Mutant } from './mutant.ts';

const file = 'syncmap/src/syncmap.ts';

export const syncmapMutants: readonly Mutant[] = [
  {
    breach: 'an iterator walks through the live map',
    file,
    edits: [['of Array.from(this.#map).filter(isThere)', 'of this.#map']],
  },
  {
    breach: 'range comes to keys that are added meanwhile',
    file,
    edits: [['if (left-- === 0) throw stop;', '']],
  },
  {
    breach: 'range comes again to a key that is deleted and stored again',
    file,
    edits: [['if (deleted === undefined) {', 'if (true) {']],
  },
  {
    breach: 'an iterator comes to a key that was deleted meanwhile',
    file,
    edits: [['if (ok) yield', 'yield']],
  },
  {
    breach: 'NaN is compared as equal to NaN',
    file,
    edits: [['found[0] === old', 'Object.is(found[0], old)']],
  },
  {
    breach: 'a key without a value is swapped for undefined',
    file,
    edits: [['return found[1] && found[0] === old;', 'return found[0] === old;']],
  },
  {
    breach: 'loadOrStore replaces what is there',
    file,
    edits: [['    if (found[1]) return found;\n', '']],
  },
  {
    breach: 'compareAndDelete deletes whatever is there',
    file,
    edits: [['this.#matches(key, old) && ', '']],
  },
];
