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
    line: '} else if (this.#map.has(key)) {',
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
  {
    file: 'semaphore/src/list.ts',
    line: 'return watch?.ctx === ctx ? watch : new Watch(ctx, ended);',
    replacement: 'false',
    why: 'Every waiter has a callback of its own on the context: slower, with the same result.',
  },
  {
    file: 'semaphore/src/list.ts',
    line: 'this.reject?.(reason);',
    replacement: 'this.reject(reason)',
    why: 'Only a waiter that has a context leaves, and that one can reject.',
  },
  {
    file: 'context/src/value.ts',
    line: "const described = typeof key === 'object' && key !== null && 'description' in key;",
    replacement: 'true',
    original: 'key !== null',
    why: 'There is no null key; the comparison tells the compiler.',
  },
  {
    file: 'context/src/background.ts',
    line: "export const endless: unique symbol = /* @__PURE__ */ Symbol.for('@gosync/context.endless');",
    replacement: '""',
    why: 'Any name does that all copies agree on.',
  },
  {
    file: 'context/src/cancel.ts',
    line: 'entry.settle?.();',
    replacement: 'entry.settle()',
    why: 'What is left on the list after the marking are callbacks.',
  },
  {
    file: 'singleflight/src/call.ts',
    line: 'if (waiter) waiters.delete(waiter);',
    replacement: 'true',
    why: 'A Set without it stays as it is; the question tells the compiler.',
  },
];
