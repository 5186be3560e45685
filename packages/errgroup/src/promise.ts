import { refuseIterator } from './misuse.ts';

// All of one kind: a program may replace its `Promise` after this was loaded.
const NativePromise = Promise;
const { then } = NativePromise.prototype;

/** One promise for every `go` that need not wait. */
export const started: Promise<void> = NativePromise.resolve();

/** The promise of what a task returned; absent for a plain value, which ends the task at once. */
export function promiseOf(result: unknown): Promise<unknown> | undefined {
  // Whatever may be thenable is awaited.
  if ((typeof result !== 'object' && typeof result !== 'function') || result === null)
    return undefined;
  refuseIterator(result);
  return NativePromise.resolve(result);
}

/** Calls one of the two, once: a promise with a `then` of its own cannot end its task twice. */
export function react(
  task: Promise<unknown>,
  succeeded: () => void,
  failed: (error: unknown) => void,
): void {
  void then.call(task, succeeded, failed);
}
