import { afterFunc, type CancelCauseFunc, cause, type ContextLike } from '@gosync/context';

/** What a call that succeeds gives to every caller. */
export type Shared<V> = readonly [value: V, shared: boolean];

/** A caller that may leave. */
interface Waiter<V> {
  readonly resolve: (outcome: Shared<V>) => void;
  readonly reject: (reason: unknown) => void;
  /** Takes the caller's callback off its context. */
  readonly stop: () => boolean;
}

/** One call of the function, and the callers that wait for its outcome. */
export class Call<V> {
  // Invariants:
  // - `callers` counts the callers that will get the outcome; 0 implies that all callers had a context, and left
  // - a caller that left is kept by nothing here, however long the function runs on
  // Nobody outside sees this class, so its fields are not private to the engine: they are faster
  // (`pnpm bench singleflight-alone`).
  callers = 1;
  /** Whether more than one caller waited when there was an outcome. Absent until then. */
  shared: boolean | undefined;
  /** Ends the function's context. Absent when the first caller came without one. */
  readonly cancel: CancelCauseFunc | undefined;
  private outcome: Promise<Shared<V>> | undefined;
  /** Settles a promise that was asked for too early. */
  private resolve: ((outcome: Promise<Shared<V>>) => void) | undefined;
  private waiters: Set<Waiter<V>> | undefined;

  constructor(cancel: CancelCauseFunc | undefined) {
    this.cancel = cancel;
  }

  /** The outcome: one promise for all. */
  get promise(): Promise<Shared<V>> {
    // Absent only while the function has not returned yet: it is calling for its own key.
    return (this.outcome ??= new Promise((resolve) => {
      this.resolve = resolve;
    }));
  }

  /** Takes the promise of the outcome, once the function has returned it. */
  begin(outcome: Promise<Shared<V>>): void {
    if (this.resolve) this.resolve(outcome);
    else this.outcome = outcome;
  }

  /** The outcome for a caller that may leave: when `ctx` ends first, calls `leave` and rejects with its cause. */
  wait(ctx: ContextLike, leave: (reason: unknown) => void): Promise<Shared<V>> {
    return new Promise((resolve, reject) => {
      const waiters = (this.waiters ??= this.#listen());
      const gone = (reason: unknown): void => {
        if (waiter) waiters.delete(waiter);
        reject(reason);
        leave(reason);
      };
      let waiter: Waiter<V> | undefined;
      try {
        const stop = afterFunc(ctx, () => gone(cause(ctx)));
        waiter = { resolve, reject, stop };
        waiters.add(waiter);
      } catch (error) {
        // A signal that cannot be listened to.
        gone(error);
      }
    });
  }

  /** One reaction to the outcome for all waiters: a reaction of their own would keep them until the end. */
  #listen(): Set<Waiter<V>> {
    const waiters = new Set<Waiter<V>>();
    const settle = (notify: (waiter: Waiter<V>) => void): void => {
      for (const waiter of waiters) notify(waiter);
      for (const waiter of waiters) waiter.stop();
    };
    this.promise.then(
      (outcome) => settle((waiter) => waiter.resolve(outcome)),
      (error: unknown) => settle((waiter) => waiter.reject(error)),
    );
    return waiters;
  }
}
