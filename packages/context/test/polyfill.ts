/** A function that throws an error with this text. */
export function fail(text: string): () => never {
  return () => {
    throw new Error(text);
  };
}

/** A signal with no more than a polyfill's: functions for listeners, and what is given. */
export function polyfill(members: object = {}): AbortSignal & { abort(): void } {
  const listeners = new Set<() => void>();
  const signal: object = {
    aborted: false,
    reason: 'polyfilled',
    addEventListener: (_: string, listener: () => void) => {
      if (typeof listener !== 'function') throw new TypeError('a function is needed');
      listeners.add(listener);
    },
    removeEventListener: (_: string, listener: () => void) => listeners.delete(listener),
    abort(this: { aborted: boolean }) {
      this.aborted = true;
      for (const listener of listeners) listener();
    },
  };
  // oxlint-disable-next-line typescript/consistent-type-assertions -- half a signal, which callers without types have
  return Object.defineProperties(signal, Object.getOwnPropertyDescriptors(members)) as ReturnType<
    typeof polyfill
  >;
}
