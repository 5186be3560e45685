import { cause, type CancelCauseFunc, type Context, withCancelCause } from '@gosync/context';
import { type TaskContexts, taskContexts } from '@gosync/context/internal';
import { Budget } from './budget.ts';
import { call, Place, type Run } from './call.ts';
import type { Source } from './source.ts';
import type { ItemOptions } from './task.ts';

/**
 * One call: a task for each item of a source, as many at once as there is room for.
 *
 * Not a group of `@gosync/errgroup`: that calls what it has queued after a failure too, and a task costs it a promise
 * more (`pnpm bench tasks-map-limit`).
 */
export abstract class Work {
  // Invariants, whenever no method is running:
  // - running <= held <= limit
  // - with room and items that may be left, the feeder is at work, unless the work is over
  // - once over, nothing is begun, and it is concluded as soon as nothing runs
  /** The context of the call, from which each task's own is derived. */
  protected ctx: Context;
  /** How many tasks run, and how many places of `limit` are taken. */
  protected running = 0;
  protected held = 0;
  /** Why the work failed, boxed: it may be `undefined`. Written once. */
  protected failure: { readonly reason: unknown } | undefined;
  readonly #source: Source;
  readonly #f: Run;
  readonly #limit: number;
  readonly #budget: Budget | undefined;
  /** Whether the feeder never waits, neither for an item nor for units. */
  readonly #isQuick: boolean;
  /** Absent until the first task begins. */
  #contexts: TaskContexts | undefined;
  /** The places where nothing runs. */
  readonly #places: Place[] = [];
  #begun = 0;
  #isFeeding = false;
  #isConcluded = false;
  #cancel: CancelCauseFunc | undefined;

  constructor(parent: Context, source: Source, f: Run, options: ItemOptions<never>) {
    this.ctx = parent;
    this.#source = source;
    this.#f = f;
    this.#limit = options.limit ?? Infinity;
    this.#budget = Budget.of(options);
    this.#isQuick = !source.isAsync && this.#budget === undefined;
  }

  /** A task has ended: what becomes of its result. Says when its place is free by counting `held` down. */
  protected abstract succeed(index: number, value: unknown): void;
  protected abstract fail(index: number, error: unknown): void;
  /** Called once, when nothing runs any more, with what the source threw when it was closed. */
  protected abstract finish(closing: { readonly error: unknown } | undefined): void;

  /** Begins to take items, in the async context of the caller. */
  protected begin(): void {
    [this.ctx, this.#cancel] = withCancelCause(this.ctx);
    this.#contexts = taskContexts(this.ctx);
    this.proceed();
  }

  /** Begins what there is room for, or concludes. To be called when either may have become possible. */
  protected proceed(): void {
    if (this.#isFeeding) return;
    if (!this.#isOver()) {
      if (this.held >= this.#limit) return;
      if (this.#isQuick) this.#feed();
      else void this.#feedSlowly();
    } else if (this.running === 0 && !this.#isConcluded) {
      this.#isConcluded = true;
      this.#conclude();
    }
  }

  /** Ends the work. The first reason counts; it is the context's when that ended before. */
  protected stop(reason: unknown): void {
    if (this.failure) return;
    this.failure = { reason: this.ctx.err ? cause(this.ctx) : reason };
    this.#cancel?.(reason);
  }

  #isOver(): boolean {
    return this.failure !== undefined || this.#source.exhausted || this.ctx.err !== undefined;
  }

  /** Takes items and begins their tasks while there is room, for one at least, without waiting for anything. */
  #feed(): void {
    this.#isFeeding = true;
    try {
      do {
        if (!this.#source.take()) break;
        if (this.#source.runsCode) this.#throwIfDone();
        this.#begin(0);
      } while (this.held < this.#limit && !this.#isOver());
    } catch (error) {
      this.stop(error);
    }
    this.#isFeeding = false;
    // Else the end of what runs goes on.
    if (this.running === 0) this.proceed();
  }

  /** As `#feed`, but waits for items and for units. */
  async #feedSlowly(): Promise<void> {
    this.#isFeeding = true;
    try {
      while (this.held < this.#limit && !this.#isOver()) {
        const source = this.#source;
        if (!(source.isAsync ? await source.takeAsync(this.ctx) : source.take())) break;
        const n = this.#budget ? this.#budget.weigh(source.item, this.#begun) : 0;
        // Awaited only when it has to wait: what can begin now begins now.
        if (this.#budget?.tryTake(n) === false) await this.#budget.take(this.ctx, n);
        if (this.ctx.err) this.#budget?.give(n);
        this.#throwIfDone();
        this.#begin(n);
      }
    } catch (error) {
      this.stop(error);
    }
    this.#isFeeding = false;
    this.proceed();
  }

  /** Begins the task of the item that was taken last, which has `n` units. */
  #begin(n: number): void {
    const place = this.#places.pop() ?? new Place(this.#succeeded, this.#failed);
    place.index = this.#begun++;
    place.units = n;
    this.running++;
    this.held++;
    const contexts = (this.#contexts ??= taskContexts(this.ctx));
    call(contexts, this.#f, this.#source.item, place);
  }

  readonly #succeeded = (place: Place, value: unknown): void => {
    this.succeed(place.index, value);
    this.#ended(place);
  };

  readonly #failed = (place: Place, error: unknown): void => {
    this.fail(place.index, error);
    this.#ended(place);
  };

  #ended(place: Place): void {
    this.running--;
    this.#places.push(place);
    this.#budget?.give(place.units);
    this.proceed();
  }

  /** The context may have ended while an item was taken or weighed; then the item is not begun. */
  #throwIfDone(): void {
    if (this.ctx.err) throw cause(this.ctx);
  }

  #conclude(): void {
    if (this.#source.exhausted) return this.#end();
    // Not all had begun when the context ended.
    this.stop(cause(this.ctx));
    this.#source.close().then(
      () => this.#end(),
      (error: unknown) => this.#end({ error }),
    );
  }

  #end(closing?: { readonly error: unknown }): void {
    this.#cancel?.();
    this.finish(closing);
  }
}
