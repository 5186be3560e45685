import type { Cancellation, End } from './cancellation.ts';
import { reportUncaught } from './microtask.ts';
import type { Deadline, Node } from './node.ts';
import { OutsideNode } from './source.ts';
import { Watch } from './time.ts';

/** A number; or, where timers can hold the process, an object that decides whether it does. */
type Timer = number | { ref?(): unknown; unref?(): unknown };

/** The platform's timers, as far as they are the same everywhere. Looked up at each use, so that fakes are in charge. */
interface Timers {
  setTimeout(f: typeof elapsed, ms: number, node: ClockNode, left: number): Timer;
  clearTimeout(timer: Timer | undefined): void;
}
const timers: Timers = globalThis;

/** The longest a platform timer can run, in milliseconds; asked for more, it fires at once. */
const longestTimer = 2_147_483_647;

/** A node that ends by itself when its time has come. */
export class ClockNode extends OutsideNode implements Deadline {
  // Invariants: a timer runs if and only if the node is live or has callbacks that wait for the timer; the timer holds
  // the process if and only if something is registered here or listens to the signal.
  readonly time: number;
  readonly until: number;
  #timer: Timer | undefined;
  /** Whether the timer has run down. */
  #late = false;
  /** Absent until somebody looks: many contexts end before. */
  #watch: Watch | undefined;
  /** Whether something is registered here. */
  #busy = false;
  /** Listeners on the signal. Weakly: one that the platform let go of is not kept alive from here. */
  #listeners: WeakSet<object> | undefined;
  #listenerCount = 0;
  readonly #exceeded: Cancellation;

  constructor(parent: Node, time: number, until: number, exceeded: Cancellation) {
    const source = parent.cancelable?.source;
    // A deadline farther up is farther away.
    super(parent, source instanceof ClockNode ? source.above : source);
    this.time = time;
    this.until = until;
    this.deadline = this;
    this.#exceeded = exceeded;
  }

  /** Starts the clock: `ms` to go. */
  arm(ms: number): void {
    if (this.end) return;
    if (ms <= 0) return this.cancel(this.#exceeded);
    this.#run(ms);
  }

  /** The timer has run: `ms` are left. */
  elapsed(ms: number): void {
    if (ms > 0) return this.#run(ms);
    this.#late = true;
    this.arrive();
  }

  #run(ms: number): void {
    // Beyond what a timer can run, in stages. Counted down, not compared with the clock: a clock may be set.
    const stage = Math.min(Math.ceil(ms), longestTimer);
    this.#timer = timers.setTimeout(elapsed, stage, this, ms - stage);
    this.#hold();
  }

  protected look(): End | undefined {
    const isLate = this.#late || (this.#watch ??= new Watch()).isPast(this.time, this.until);
    return isLate ? this.#exceeded : undefined;
  }

  override label(): string {
    // Dates end 8.64e15 ms from 1970, deadlines do not.
    const time = new Date(this.time).toJSON() ?? this.time;
    return `.WithDeadline(${time} [${(this.time - Date.now()) / 1000}s])`;
  }

  override listening(listener: object, added: boolean): void {
    const listeners = (this.#listeners ??= new WeakSet());
    if (listeners.has(listener) === added) return;
    listeners[added ? 'add' : 'delete'](listener);
    this.#listenerCount += added ? 1 : -1;
    this.#hold();
  }

  protected override ended(end: End): void {
    super.ended(end);
    // When it is late, the timer is still to call back.
    if (end === this.#exceeded) return;
    try {
      timers.clearTimeout(this.#timer);
    } catch (error) {
      reportUncaught(error);
    }
    this.#timer = undefined;
  }

  protected override changed(busy: boolean): void {
    this.#busy = busy;
    // Those who were marked are still to be called by the timer.
    if (!this.end) this.#hold();
  }

  #hold(): void {
    const timer = this.#timer;
    if (typeof timer !== 'object') return;
    if (this.#busy || this.#listenerCount > 0) timer.ref?.();
    else timer.unref?.();
  }
}

function elapsed(node: ClockNode, left: number): void {
  node.elapsed(left);
}
