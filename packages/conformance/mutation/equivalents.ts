/** A mutant that does what the original does, so that no test can tell them apart. */
interface Equivalent {
  readonly file: string;
  /** The line that is changed, and what becomes of a part of it. */
  readonly line: string;
  readonly replacement: string;
  /** That part, where the line has several that become the same. */
  readonly original?: string;
  readonly why: string;
}

export const equivalents: readonly Equivalent[] = [
  {
    file: 'syncmap/src/syncmap.ts',
    line: 'else if (this.#map.has(key)) {',
    replacement: 'true',
    why: 'Inside a range, a key that is not there would be marked as deleted, which looks the same, until the range ends.',
  },
  {
    file: 'syncmap/src/syncmap.ts',
    line: 'if (this.#deleted === undefined) this.#map.clear();',
    replacement: 'false',
    why: 'Deletes the keys one by one: slower, with the same result.',
  },
  {
    file: 'syncmap/src/syncmap.ts',
    line: 'if (this.#deleted) {',
    replacement: 'true',
    why: 'Every range takes a copy of the keys, as one inside another does: slower, with the same visits.',
  },
  {
    file: 'singleflight/src/calls.ts',
    line: 'if (this.#first) {',
    replacement: 'true',
    why: 'Every call goes into the Map: slower, and found there.',
  },
  {
    file: 'singleflight/src/calls.ts',
    line: 'if (call !== undefined && this.#first === call) {',
    replacement: 'true',
    original: 'call !== undefined',
    why: 'With neither a call nor a first one, sets to undefined what is undefined.',
  },
  {
    file: 'singleflight/src/singleflight.ts',
    line: 'call.cancel?.(reason);',
    replacement: 'call.cancel(reason)',
    why: 'When all callers have left, the first came through doContext, and so the call can be canceled.',
  },
];
