import { type Cancellation, CancelContext } from './cancel.ts';
import type { BaseContext } from './context.ts';

/** A number; or, where timers can hold the process, an object that decides whether it does. */
type Timer = number | { ref?(): unknown; unref?(): unknown };

/** The platform's timers, as far as they are the same everywhere. */
interface Clock {
  setTimeout(f: typeof elapsed, ms: number, ctx: DeadlineContext, left: number): Timer;
  clearTimeout(timer: Timer | undefined): void;
}
const clock: Clock = globalThis;

/** The longest a platform timer can run, in milliseconds; asked for more, it fires at once. */
const longestTimer = 2_147_483_647;

/** A context that ends by itself when its time has come. */
export class DeadlineContext extends CancelContext {
  // Invariants: a timer runs if and only if the context is live and its time has not come; the timer holds
  // the process if and only if something is registered here or listens to the signal.
  #timer: Timer | undefined;
  /** Whether something is registered here. */
  #busy = false;
  /** Listeners on the signal. Weakly: one that the platform let go of is not kept alive from here. */
  #listeners: WeakSet<object> | undefined;
  #listenerCount = 0;
  readonly #exceeded: Cancellation;

  constructor(parent: BaseContext, deadline: number, exceeded: Cancellation) {
    super(parent, deadline);
    this.#exceeded = exceeded;
  }

  /** Starts the clock: `ms` to go. */
  arm(ms: number): void {
    if (this.cancellation) return;
    if (ms <= 0) return this.cancel(this.#exceeded);
    // Beyond what a timer can run, in stages. Counted down, not compared with the clock: a clock may be set.
    const stage = Math.min(Math.ceil(ms), longestTimer);
    this.#timer = clock.setTimeout(elapsed, stage, this, ms - stage);
    this.#hold();
  }

  override label(): string {
    const { deadline = NaN } = this;
    // Dates end 8.64e15 ms from 1970, deadlines do not.
    const time = new Date(deadline).toJSON() ?? deadline;
    return `.WithDeadline(${time} [${(deadline - Date.now()) / 1000}s])`;
  }

  override listening(listener: object, added: boolean): void {
    const listeners = (this.#listeners ??= new WeakSet());
    if (listeners.has(listener) === added) return;
    listeners[added ? 'add' : 'delete'](listener);
    this.#listenerCount += added ? 1 : -1;
    this.#hold();
  }

  protected override mark(cancellation: Cancellation): void {
    super.mark(cancellation);
    clock.clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  protected override changed(busy: boolean): void {
    this.#busy = busy;
    this.#hold();
  }

  #hold(): void {
    const timer = this.#timer;
    if (typeof timer !== 'object') return;
    if (this.#busy || this.#listenerCount > 0) timer.ref?.();
    else timer.unref?.();
  }
}

function elapsed(ctx: DeadlineContext, left: number): void {
  ctx.arm(left);
}
