import {
  background,
  type CancelCauseFunc,
  type Context,
  withCancel,
  withCancelCause,
} from '@gosync/context';
import { type Permit, Weighted } from '@gosync/semaphore';
import { reactive } from 'vue';
import { message, pause } from '../pause.ts';
import { type Row, Timeline } from '../timeline.ts';

/** Requests of different weights at one semaphore. */
export class SemaphoreSimulation {
  readonly timeline = new Timeline(10);
  /** What the semaphore says of itself. */
  readonly state: { available: number; waiting: number };
  readonly size: number;
  readonly #semaphore: Weighted;
  readonly #life = withCancel(background());
  /** What all requests wait under. Replaced when it has been canceled. */
  #everyone = withCancelCause(this.#life[0]);
  /** How a waiting request leaves, and how one that holds units gives them back, by the row's id. */
  readonly #leave = new Map<number, CancelCauseFunc>();
  readonly #release = new Map<number, () => void>();
  #count = 0;

  constructor(size: number) {
    this.size = size;
    this.#semaphore = new Weighted(size);
    this.state = reactive({ available: size, waiting: 0 });
  }

  /** Asks for `n` units, waits for them, and holds them for `ms` milliseconds. */
  async request(n: number, ms: number): Promise<void> {
    const row = this.#row(n);
    const [ctx, cancel] = withCancelCause(this.#everyone[0]);
    this.#leave.set(row.id, cancel);
    const fits = n <= this.size;
    this.timeline.enter(row, 'waiting', fits ? 'waits' : 'can never fit: waits for its context');
    try {
      const permit = this.#semaphore.permit(ctx, n);
      this.#look();
      await this.#hold(row, await permit, ms);
    } catch (reason) {
      this.timeline.end(row, 'stopped', `left: ${message(reason)}`);
    } finally {
      cancel();
      this.#leave.delete(row.id);
      this.#look();
    }
  }

  /** Takes `n` units if that needs no waiting. */
  async try(n: number, ms: number): Promise<void> {
    const row = this.#row(n);
    const permit = this.#semaphore.tryPermit(n);
    if (permit) await this.#hold(row, permit, ms);
    else this.timeline.end(row, 'failed', 'tryAcquire: false');
    this.#look();
  }

  leave(row: Row): void {
    this.#leave.get(row.id)?.('asked to');
    this.#look();
  }

  release(row: Row): void {
    this.#release.get(row.id)?.();
  }

  /** Cancels the context of all who wait. */
  cancelWaiting(): void {
    const [, cancel] = this.#everyone;
    this.#everyone = withCancelCause(this.#life[0]);
    cancel('all canceled');
    this.#look();
  }

  /** Ends everything. */
  close(): void {
    this.#life[1]();
  }

  #row(n: number): Row {
    return this.timeline.add(`Request ${++this.#count}, weight ${n}`);
  }

  async #hold(row: Row, permit: Permit, ms: number): Promise<void> {
    const [held, release] = withCancel(this.#life[0]);
    this.#release.set(row.id, release);
    this.timeline.enter(row, 'running', `holds ${permit.n}`);
    this.#look();
    await this.#until(held, ms);
    permit.release();
    release();
    this.#release.delete(row.id);
    this.timeline.end(row, 'done', 'released');
  }

  /** Waits for the time, or for the button. */
  async #until(held: Context, ms: number): Promise<void> {
    await pause(held, ms).catch(() => {});
  }

  #look(): void {
    this.state.available = this.#semaphore.available;
    this.state.waiting = this.#semaphore.waiting;
  }
}
