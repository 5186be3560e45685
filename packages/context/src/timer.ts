import { type Cancellation, CancelContext } from './cancel.ts';
import type { BaseContext } from './context.ts';

/** The longest a platform timer can run, in milliseconds; asked for more, it fires at once. */
const longestTimer = 2 ** 31 - 1;

/** Makes `timer` keep the process alive, or not, on runtimes where timers can. */
function hold(timer: unknown, on: boolean): void {
  if (typeof timer !== 'object' || timer === null) return;
  const method = on ? 'ref' : 'unref';
  const change: unknown = Reflect.get(timer, method);
  if (typeof change === 'function') change.call(timer);
}

/** A context that ends by itself when its time has come. */
export class DeadlineContext extends CancelContext {
  // Invariants: a timer runs if and only if the context is live and its time has not come; the timer holds
  // the process if and only if something is registered here or listens to the signal.
  private timer: ReturnType<typeof setTimeout> | undefined = undefined;
  /** Weakly: a listener that the platform let go of is not kept alive from here. */
  private listeners: WeakSet<object> | undefined = undefined;
  private listenerCount = 0;
  private readonly exceeded: Cancellation;

  constructor(parent: BaseContext, deadline: number, exceeded: Cancellation) {
    super(parent, deadline);
    this.exceeded = exceeded;
  }

  /** Starts the clock: `ms` to go. */
  arm(ms: number): void {
    if (this.cancellation) return;
    if (ms <= 0) return this.cancel(this.exceeded);
    // Beyond what a timer can run, in stages. Counted down, not compared with the clock: a clock may be set.
    const stage = Math.min(Math.ceil(ms), longestTimer);
    this.timer = setTimeout(elapsed, stage, this, ms - stage);
    this.hold();
  }

  override label(): string {
    const { deadline = NaN } = this;
    const left = `${(deadline - Date.now()) / 1000}s`;
    // Dates end 8.64e15 ms from 1970; deadlines do not.
    const time =
      Math.abs(deadline) <= 8.64e15 ? new Date(deadline).toISOString() : `${deadline} ms`;
    return `.WithDeadline(${time} [${left}])`;
  }

  override listening(listener: object, added: boolean): void {
    this.listeners ??= new WeakSet();
    if (this.listeners.has(listener) === added) return;
    if (added) this.listeners.add(listener);
    else this.listeners.delete(listener);
    this.listenerCount += added ? 1 : -1;
    this.hold();
  }

  protected override mark(cancellation: Cancellation): void {
    super.mark(cancellation);
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  protected override busy(): void {
    this.hold();
  }

  protected override idle(): void {
    this.hold();
  }

  private hold(): void {
    if (this.timer !== undefined)
      hold(this.timer, this.first !== undefined || this.listenerCount > 0);
  }
}

function elapsed(ctx: DeadlineContext, left: number): void {
  ctx.arm(left);
}
