import { afterFunc, cause, type Context } from '@gosync/context';
import { Ring } from './ring.ts';
import { Source } from './source.ts';
import type { ItemOptions, Items } from './task.ts';
import type { Run } from './call.ts';
import { Work } from './work.ts';

type Step = IteratorResult<unknown, undefined>;
type Settle = (step: Step | PromiseLike<Step>) => void;

/** Work whose results are read while it runs. */
export class Streaming extends Work {
  // Invariants:
  // - results and reads meet in their order: what waits is in `ready` or in `reads`, and not the first of both
  // - `held` counts the tasks that run and what is in `ready`
  // - after a failure `ready` is empty
  readonly #isOrdered: boolean;
  readonly #ready = new Ring<unknown>();
  readonly #reads = new Ring<Settle>();
  #readCount = 0;
  #resultCount = 0;
  #state: 'new' | 'running' | 'ended' = 'new';
  /** What the next read rejects with; absent when there is nothing, or it has been heard. */
  #unheard: { readonly reason: unknown } | undefined;
  /** Present once the reader has left. */
  #leaving: Promise<void> | undefined;
  #left: { readonly resolve: () => void; readonly reject: (reason: unknown) => void } | undefined;
  // Set before the first read.
  #wake: () => void = Boolean;

  constructor(
    parent: Context,
    items: Items<unknown>,
    f: Run,
    options: ItemOptions<never> & { readonly ordered?: boolean | undefined },
  ) {
    super(parent, new Source(items), f, options);
    this.#isOrdered = options.ordered !== false;
    void this.#pump();
  }

  read(): Promise<Step> {
    if (this.#ready.isReady) {
      const step: Step = { done: false, value: this.#take() };
      this.#wake();
      return Promise.resolve(step);
    }
    const read = new Promise<Step>((resolve) => {
      this.#reads.set(this.#readCount++, resolve);
    });
    if (this.#state === 'ended') this.#endReads();
    else if (this.#state === 'new') this.#wake();
    return read;
  }

  /** Ends the work on behalf of its reader. Rejects with what the source throws when it is closed. */
  leave(): Promise<void> {
    if (this.#leaving) return this.#leaving;
    this.#unheard = undefined;
    this.#ready.clear();
    if (this.#state === 'running') {
      this.#leaving = new Promise((resolve, reject) => {
        this.#left = { resolve, reject };
      });
      this.stop(undefined);
      this.proceed();
      return this.#leaving;
    }
    this.#state = 'ended';
    this.#endReads();
    return (this.#leaving = Promise.resolve());
  }

  protected succeed(index: number, value: unknown): void {
    // Too late: nothing is delivered any more.
    if (this.failure) return;
    this.#ready.set(this.#isOrdered ? index : this.#resultCount++, value);
    this.#deliver();
  }

  protected fail(_index: number, error: unknown): void {
    this.stop(error);
  }

  protected override stop(reason: unknown): void {
    super.stop(reason);
    this.#ready.clear();
  }

  protected finish(closing: { readonly error: unknown } | undefined): void {
    this.#state = 'ended';
    if (!this.#left) this.#unheard = this.failure;
    else if (closing) this.#left.reject(closing.error);
    else this.#left.resolve();
    this.#endReads();
  }

  /** Hands results to the reads that they are for, one after the other. */
  #deliver(): void {
    while (this.#reads.isReady && this.#ready.isReady) {
      this.#reads.take()?.({ done: false, value: this.#take() });
    }
  }

  /** Takes the next result. */
  #take(): unknown {
    this.held--;
    return this.#ready.take();
  }

  /** Ends the reads for which there is no result: the first of them hears why the work failed. */
  #endReads(): void {
    while (this.#reads.isReady) {
      const failure = this.#unheard;
      this.#unheard = undefined;
      this.#reads.take()?.(
        failure ? Promise.reject(failure.reason) : { done: true, value: undefined },
      );
    }
  }

  /** Goes on whenever something was read: here, so that tasks run in the async context in which the stream was made. */
  async #pump(): Promise<void> {
    await this.#read();
    this.#start();
    for (;;) {
      await this.#read();
      this.proceed();
    }
  }

  #read(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  #start(): void {
    // Left before it was read.
    if (this.#state === 'ended') return;
    this.#state = 'running';
    if (this.ctx.err) {
      this.stop(cause(this.ctx));
      return this.finish(undefined);
    }
    this.begin();
    // When it ends while everybody waits for the reader, nothing else would close the source.
    afterFunc(this.ctx, () => this.proceed());
  }
}
