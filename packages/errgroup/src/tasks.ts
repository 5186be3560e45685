import type { CancelCauseFunc, Context } from '@gosync/context';
import { Weighted } from '@gosync/semaphore';

// One promise for every `go` that need not wait.
const started: Promise<void> = Promise.resolve();
// Called directly, so that a promise with a `then` of its own cannot end its task twice.
const { then } = Promise.prototype;

/** The tasks of a group: how many there are, what they failed with, and who waits for them. */
export class Tasks {
  // Invariants:
  // - active is the number of tasks that were handed over and have not ended, queued ones included
  // - a unit of the limit is out for each task that runs
  // - waiting is present only while active > 0
  readonly ctx: Context;
  /** Absent for a group without a context of its own. */
  readonly cancel: CancelCauseFunc | undefined;
  #active = 0;
  /** How many of them wait to be started. While there are any, nobody is started past them. */
  #queued = 0;
  #limit: Weighted | undefined;
  /** The first error, boxed: it may be `undefined`. */
  #failure: { readonly error: unknown } | undefined;
  /** What `wait` returned while tasks were active, and how to settle it. */
  #waiting: Promise<void> | undefined;
  #settle: (() => void) | undefined;

  // Made once for all tasks: a task costs one promise beyond its own.
  readonly #ended = (): void => this.#end();
  readonly #failed = (error: unknown): void => {
    this.#fail(error);
    this.#end();
  };

  constructor(ctx: Context, cancel?: CancelCauseFunc) {
    this.ctx = ctx;
    this.cancel = cancel;
  }

  go(f: (ctx: Context) => unknown): Promise<void> {
    const limit = this.#limit;
    const room = limit === undefined || this.#tryAcquire(limit);
    if (!room && limit.size === 0) {
      return Promise.reject(new Error('errgroup: go would wait for ever: limit 0'));
    }
    this.#active++;
    if (!room) {
      this.#queued++;
      // The queue is the semaphore's. When it lets us in the context may be done; f runs all the same.
      return limit.acquire().then(() => this.#startQueued(f));
    }
    this.#start(f);
    return started;
  }

  tryGo(f: (ctx: Context) => unknown): boolean {
    if (this.#limit && !this.#tryAcquire(this.#limit)) return false;
    this.#active++;
    this.#start(f);
    return true;
  }

  setLimit(n: number): void {
    if (!Number.isSafeInteger(n)) {
      const text = typeof n === 'string' ? JSON.stringify(n) : String(n);
      throw new RangeError(`errgroup: limit is not a safe integer (negative is none): ${text}`);
    }
    if (this.#active > 0) {
      // Those that run, as in Go; what is queued there is a blocked caller.
      const { size, available } = this.#limit ?? { size: this.#active, available: 0 };
      throw new Error(
        `errgroup: modify limit while ${size - available} goroutines in the group are still active`,
      );
    }
    this.#limit = n < 0 ? undefined : new Weighted(n);
  }

  wait(): Promise<void> {
    // Its callbacks may hand over more.
    if (this.#active === 0) this.cancel?.();
    if (this.#active > 0) {
      return (this.#waiting ??= new Promise((resolve, reject) => {
        this.#settle = () => (this.#failure ? reject(this.#failure.error) : resolve());
      }));
    }
    return this.#failure ? Promise.reject(this.#failure.error) : started;
  }

  /** Those who were let in start a microtask later; until then nobody takes a unit before them. */
  #tryAcquire(limit: Weighted): boolean {
    return this.#queued === 0 && limit.tryAcquire();
  }

  #startQueued(f: (ctx: Context) => unknown): void {
    this.#queued--;
    this.#start(f);
  }

  #start(f: (ctx: Context) => unknown): void {
    try {
      const result = f(this.ctx);
      // Whatever may be thenable is awaited; a plain value ends the task here.
      if (typeof result === 'object' || typeof result === 'function') {
        void then.call(Promise.resolve(result), this.#ended, this.#failed);
        return;
      }
    } catch (error) {
      this.#fail(error);
    }
    this.#end();
  }

  #fail(error: unknown): void {
    if (this.#failure) return;
    this.#failure = { error };
    this.cancel?.(error);
  }

  #end(): void {
    this.#active--;
    this.#limit?.release();
    if (this.#active > 0 || this.#settle === undefined) return;
    // Its callbacks run before anyone hears that the group is done, and may hand over more.
    this.cancel?.();
    if (this.#active > 0) return;
    this.#settle?.();
    this.#waiting = this.#settle = undefined;
  }
}
