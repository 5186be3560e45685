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
    file: 'context/src/face.ts',
    line: 'const node = owners.get(this)?.node;',
    replacement: 'owners.get(this).node',
    why: 'A signal has an owner before it has this prototype.',
  },
  {
    file: 'context/src/face.ts',
    line: 'if (listener) owners.get(this)?.node?.listening(listener, false);',
    replacement: 'owners.get(this).node',
    why: 'A signal has an owner before it has this prototype.',
  },
  {
    file: 'context/src/face.ts',
    line: 'if (listener) owners.get(this)?.node?.listening(listener, false);',
    replacement: 'true',
    why: 'What does not count was not counted either, so there is nothing to take off.',
  },
  {
    file: 'context/src/signal.ts',
    line: '#told: readonly CancelContext[] = [];',
    replacement: '["Stryker was here"]',
    why: 'Nobody is told from this list before `done` has replaced it.',
  },
  {
    file: 'context/src/signal.ts',
    line: 'this.#told = [];',
    replacement: '["Stryker was here"]',
    why: 'Lets go of those who have been told; the list is not read again.',
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
    file: 'context/src/background.ts',
    line: 'Object.defineProperty(face.signal, endless, { value: true });',
    replacement: '{}',
    why: 'It is looked for, not at.',
  },
  {
    file: 'context/src/background.ts',
    line: 'Object.defineProperty(face.signal, endless, { value: true });',
    replacement: 'false',
    why: 'It is looked for, not at.',
  },
  {
    file: 'context/src/cancel.ts',
    line: 'if (this.cancellation === undefined) this.bridge?.done();',
    replacement: 'true',
    why: 'Asks the foreign signal for what is known already.',
  },
  {
    file: 'context/src/cancel.ts',
    line: 'if (!this.#first && !this.#face) return this.mark(cancellation);',
    replacement: 'false',
    why: 'Marks and tells a tree of one: slower, with the same result.',
  },
  {
    file: 'context/src/cancel.ts',
    line: 'if (entry.#first || entry.#face) told.push(entry);',
    replacement: 'true',
    why: 'Looks for those to tell where there are none: slower, with the same result.',
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
