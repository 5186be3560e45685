// Taken once: what others later do to the global clock, a test with fake timers for one, does not change how long a
// lease is valid.
const { performance } = globalThis;
const read: () => number = performance.now.bind(performance);

/** Milliseconds of a clock that only goes forward. */
export function monotonic(): number {
  return read();
}

export type Timer = ReturnType<typeof setTimeout>;

/** Whether the process has to wait for `timer`, where timers can hold it. */
export function hold(timer: unknown, busy: boolean): void {
  if (typeof timer !== 'object' || timer === null) return;
  const method: unknown = Reflect.get(timer, busy ? 'ref' : 'unref');
  if (typeof method === 'function') method.call(timer);
}
