/**
 * The platform's, taken when the package is loaded: a microtask is no time, so no fake clock may hold it back.
 * (Timers and clocks are looked up at each use, so that fakes stay in charge; `AbortController` and `Promise` too, so
 * that signals and promises are of the kind that the program has just then.)
 */
const queue: typeof queueMicrotask = /* @__PURE__ */ (() => queueMicrotask)();

export function microtask(f: () => void): void {
  queue(f);
}

/** Out of the way of whoever is calling, as the platform does with the errors of event listeners. */
export function reportUncaught(error: unknown): void {
  queue(() => {
    throw error;
  });
}
