import {
  CanceledError,
  type Context,
  type DeadlineExceededError,
  type Key,
  cause,
} from '@gosync/context';

/** A context that shares nothing with this package but the interface. */
export class ForeignContext implements Context {
  readonly deadline: number | undefined;
  err: CanceledError | DeadlineExceededError | undefined = undefined;
  readonly #controller = new AbortController();
  readonly #values: ReadonlyMap<unknown, unknown>;

  constructor(options: { deadline?: number; values?: Iterable<readonly [unknown, unknown]> } = {}) {
    this.deadline = options.deadline;
    this.#values = new Map(options.values);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  value<V>(key: Key<V>): V | undefined;
  value(key: unknown): unknown;
  value(key: unknown): unknown {
    return this.#values.get(key);
  }

  toString(): string {
    return 'foreign';
  }

  /** The first call counts. */
  cancel(
    err: CanceledError | DeadlineExceededError = new CanceledError(),
    reason: unknown = err,
  ): void {
    this.err ??= err;
    this.abort(reason);
  }

  /** Aborts the signal, and leaves `err` as it is. */
  abort(reason: unknown): void {
    this.#controller.abort(reason);
  }
}

/** A context of another make around `inner`, which it only passes on. */
export class WrappingContext implements Context {
  readonly inner: Context;

  constructor(inner: Context) {
    this.inner = inner;
  }

  get signal(): AbortSignal {
    return this.inner.signal;
  }

  get deadline(): number | undefined {
    return this.inner.deadline;
  }

  get err(): CanceledError | DeadlineExceededError | undefined {
    return this.inner.err;
  }

  value<V>(key: Key<V>): V | undefined;
  value(key: unknown): unknown;
  value(key: unknown): unknown {
    return this.inner.value(key);
  }

  toString(): string {
    return `wrapped(${String(this.inner)})`;
  }
}

/** A context that is done when `parent` is, with its cause, or by itself: a cancellation of another make. */
export class DependentContext extends WrappingContext {
  readonly #controller = new AbortController();
  #err: CanceledError | DeadlineExceededError | undefined = undefined;

  constructor(parent: Context) {
    super(parent);
    parent.signal.addEventListener('abort', () => this.#end(parent.err, cause(parent)));
  }

  override get signal(): AbortSignal {
    return this.#controller.signal;
  }

  override get err(): CanceledError | DeadlineExceededError | undefined {
    return this.#err;
  }

  cancel(): void {
    const err = new CanceledError();
    this.#end(err, err);
  }

  #end(err: CanceledError | DeadlineExceededError | undefined, reason: unknown): void {
    if (this.#err) return;
    this.#err = err;
    this.#controller.abort(reason);
  }
}
