import { CanceledError, DeadlineExceededError, isDeadlineExceeded, isOwnError } from './errors.ts';
import { Cancellation, type End } from './cancellation.ts';
import type { Context } from './context.ts';
import { ForeignEnd } from './foreign-end.ts';
import { reportUncaught } from './microtask.ts';
import { OutsideNode } from './source.ts';

/**
 * The node of a foreign `AbortSignal`. One per signal, with one listener on it while, and only while, something is
 * registered here.
 */
export class SignalNode extends OutsideNode {
  readonly #signal: AbortSignal;
  /** The first foreign context that came with the signal: it knows better how it ended. */
  #context: Context | undefined;
  /** The object that brought the signal: a `Request` that is collected never aborts its own. */
  protected carrier: object | undefined;
  /** Whether the signal failed when it was asked. */
  #failed = false;
  /** A function: polyfills know no listener objects. */
  readonly #listener = (): void => this.arrive();

  constructor(signal: AbortSignal) {
    super(undefined, undefined);
    this.#signal = signal;
  }

  override get signal(): AbortSignal {
    return this.#signal;
  }

  override label(): string {
    return 'context.From(AbortSignal)';
  }

  know(context: Context): void {
    this.#context ??= context;
  }

  /** Keeps `carrier`, if the signal is its own and no option that somebody wrote down, for as long as this node. */
  keep(carrier: object): void {
    if (!Object.hasOwn(carrier, 'signal')) this.carrier = carrier;
  }

  // The signal may have been aborted while nobody listened, or be calling its listeners just now.
  protected look(): Cancellation | undefined {
    try {
      return this.#signal.aborted ? translate(readReason(this.#signal)) : undefined;
    } catch (error) {
      // Once: it is asked at every look.
      if (!this.#failed) reportUncaught(error);
      this.#failed = true;
      return undefined;
    }
  }

  protected override ended(end: End): void {
    super.ended(this.#context ? ForeignEnd.of(this.#context, end) : end);
  }

  protected override arrive(): void {
    super.arrive();
    if (this.end) this.#unlisten();
  }

  protected override changed(busy: boolean): void {
    if (busy) this.#signal.addEventListener('abort', this.#listener);
    // Those who were marked are still to be called by the event.
    else if (!this.end) this.#unlisten();
  }

  #unlisten(): void {
    try {
      this.#signal.removeEventListener?.('abort', this.#listener);
    } catch (error) {
      reportUncaught(error);
    }
  }
}

/** A reason that cannot be read is replaced by what reading it throws. */
function readReason(signal: AbortSignal): unknown {
  try {
    return signal.reason;
  } catch (error) {
    return error;
  }
}

/** What a foreign signal's end means here: `reason` is kept as it is, the error fits it. */
function translate(reason: unknown): Cancellation {
  if (isOwnError(reason)) return new Cancellation(CanceledError, undefined, reason);
  return new Cancellation(
    isDeadlineExceeded(reason) ? DeadlineExceededError : CanceledError,
    reason,
  );
}
