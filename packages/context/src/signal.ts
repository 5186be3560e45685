import { backgroundContext, endless } from './background.ts';
import { Cancellation, CancelContext } from './cancel.ts';
import { BaseContext, type Context, type ContextLike, type Values } from './context.ts';
import {
  CanceledError,
  DeadlineExceededError,
  isDeadlineExceeded,
  isOwnError,
  show,
} from './errors.ts';
import { owners } from './face.ts';

/**
 * The bridge from a foreign `AbortSignal` into the tree. One per signal, with one listener on it while,
 * and only while, something is registered here.
 */
class SignalContext extends CancelContext {
  readonly #source: AbortSignal;
  /** The first foreign context that came with the signal. */
  #context: Context | undefined;
  /** Who has been marked done and will be told by the event. */
  #told: readonly CancelContext[] = [];

  constructor(source: AbortSignal) {
    super(undefined);
    this.#source = source;
  }

  override get signal(): AbortSignal {
    return this.#source;
  }

  override label(): string {
    return 'context.From(AbortSignal)';
  }

  protected override bridgeBelow(): this {
    return this;
  }

  override done(): Cancellation | undefined {
    // The signal may have been aborted while nobody listened, or be telling its listeners just now.
    if (this.cancellation === undefined && this.#source.aborted) {
      this.#told = this.markAll(translate(this.#source.reason, this.#context?.err));
    }
    return this.cancellation;
  }

  /** The `abort` event. */
  handleEvent(): void {
    if (!this.done()) return;
    CancelContext.announce(this.#told);
    this.#told = [];
    this.#source.removeEventListener('abort', this);
  }

  /** A context that the signal came with knows better why it ended. */
  know(context: Context): void {
    this.#context ??= context;
  }

  protected override changed(busy: boolean): void {
    if (busy) this.#source.addEventListener('abort', this);
    // Those that have been marked are still to be told by the event.
    else if (!this.cancellation) this.#source.removeEventListener('abort', this);
  }
}

/** What a foreign signal's end means here: `reason` is kept as it is, the error fits it. */
function translate(reason: unknown, err: Context['err']): Cancellation {
  if (err) return new Cancellation(CanceledError, reason, err);
  if (isOwnError(reason)) return new Cancellation(CanceledError, undefined, reason);
  return new Cancellation(
    isDeadlineExceeded(reason) ? DeadlineExceededError : CanceledError,
    reason,
  );
}

/** A `Context` that is not of this package, or of another copy of it. */
class ForeignContext extends BaseContext implements Values {
  readonly parent: undefined;
  readonly node: CancelContext | undefined;
  readonly source: Context;

  constructor(source: Context) {
    super();
    this.source = source;
    this.node = bridge(source.signal).node;
    if (this.node instanceof SignalContext) this.node.know(source);
  }

  get signal(): AbortSignal {
    // Seen only where it can never end: else `from` gives back the source, and what is derived asks the node.
    return backgroundContext.signal;
  }

  get values(): this {
    return this;
  }

  lookup(key: unknown): unknown {
    return this.source.value(key);
  }

  get deadline(): number | undefined {
    return this.source.deadline;
  }

  label(): string {
    return this.source.toString();
  }
}

function isSignal(value: unknown): value is AbortSignal {
  // Not `instanceof`: signals come from other realms.
  return (
    typeof value === 'object' && value !== null && 'aborted' in value && 'addEventListener' in value
  );
}

function isContext(value: { readonly signal: AbortSignal }): value is Context {
  return 'err' in value && 'value' in value && typeof value.value === 'function';
}

function bridge(signal: AbortSignal): BaseContext {
  const owner = owners.get(signal);
  if (owner) return owner;
  if (endless in signal) return backgroundContext;
  const ctx = new SignalContext(signal);
  owners.set(signal, ctx);
  return ctx;
}

/** The context of this package that stands for `source`. */
export function adopt(source: ContextLike): BaseContext {
  if (source instanceof BaseContext) return source;
  if (isSignal(source)) return bridge(source);
  // Callers without types pass anything.
  const signal: unknown = Object(source).signal;
  if (!isSignal(signal)) {
    const what = source
      ? 'not a Context, an AbortSignal or an object with a signal'
      : 'cannot create context from nil parent';
    throw new TypeError(`context: ${what}: ${show(source)}`);
  }
  return isContext(source) ? new ForeignContext(source) : bridge(signal);
}

/**
 * The {@link Context} for anything that has an `AbortSignal`. A `Context` comes back unchanged; for a
 * signal that belongs to a context of this package, that context comes back; for the same foreign signal
 * it is always the same object.
 *
 * However much is derived from, or waits on, one foreign signal: it gets one listener, and that is
 * removed when the last of them is gone.
 *
 * **Cancellation**: the context is done when the signal is aborted, with the signal's reason as its cause.
 *
 * @param source - A `Context`, an `AbortSignal`, or an object with one, such as a `Request`.
 * @throws TypeError when it is none of these.
 *
 * @example The reason of a foreign signal is the cause
 * ```ts
 * import { cause, from } from '@gosync/context';
 *
 * const controller = new AbortController();
 * const ctx = from(controller.signal);
 * controller.abort('user left');
 * cause(ctx); // => 'user left'
 * ctx.err?.message; // => 'context canceled'
 * ```
 *
 * @see Go: none; `AbortSignal` is the platform's own cancellation.
 */
export function from(source: ContextLike): Context {
  if (source instanceof BaseContext) return source;
  const ctx = adopt(source);
  // One of another copy that can never end shows our signal for that.
  return ctx instanceof ForeignContext && ctx.node ? ctx.source : ctx;
}
