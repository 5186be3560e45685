import { afterFunc, background, cause, withCancel } from '@gosync/context';
import { LeaseLostError, type SharedPermit, type SharedWeighted } from '@gosync/redis';
import { current } from './observe.ts';
import { refusal } from './refusal.ts';
import { now, type Report } from './order.ts';

/** How often a program looks at what it holds, in milliseconds. */
const interval = 5;

/** The requests of one program, and what is reported of them. */
export class Requests {
  readonly #semaphore: SharedWeighted;
  readonly #report: (report: Report) => void;
  readonly #cancels = new Map<string, () => void>();
  readonly #held = new Map<string, SharedPermit>();
  #ticks: NodeJS.Timeout | undefined;

  constructor(semaphore: SharedWeighted, report: (report: Report) => void) {
    this.#semaphore = semaphore;
    this.#report = report;
  }

  /** Whether the request was granted. Never rejects. */
  async permit(request: string, n: number): Promise<boolean> {
    const [ctx, cancel] = withCancel(background());
    this.#cancels.set(request, cancel);
    try {
      const permit = await current.run(request, () => this.#semaphore.permit(ctx, n));
      this.#granted(request, permit);
      return true;
    } catch (error) {
      this.#refused(request, error);
      return false;
    } finally {
      this.#cancels.delete(request);
    }
  }

  async tryPermit(request: string, n: number): Promise<boolean> {
    try {
      const permit = await current.run(request, () => this.#semaphore.tryPermit(n));
      if (permit === undefined) this.#report({ kind: 'busy', at: now(), request });
      else this.#granted(request, permit);
      return permit !== undefined;
    } catch (error) {
      this.#refused(request, error);
      return false;
    }
  }

  /** Gives up a request that still waits. */
  cancel(request: string): void {
    this.#cancels.get(request)?.();
  }

  async release(request: string): Promise<void> {
    const permit = this.#held.get(request);
    // Lost meanwhile.
    if (permit === undefined) return;
    this.#tick();
    this.#report({ kind: 'released', at: now(), request });
    this.#forget(request);
    await permit.release();
    this.#report({ kind: 'returned', at: now(), request });
  }

  async state(request: string): Promise<void> {
    const { held, waiting } = await this.#semaphore.state();
    this.#report({ kind: 'state', at: now(), request, held, waiting });
  }

  #granted(request: string, permit: SharedPermit): void {
    this.#held.set(request, permit);
    this.#report({ kind: 'granted', at: now(), request, n: permit.n, fence: permit.fence });
    this.#tick();
    this.#ticks ??= setInterval(() => this.#tick(true), interval);
    afterFunc(permit.context, () => {
      const reason = cause(permit.context);
      if (!(reason instanceof LeaseLostError) || !this.#held.has(request)) return;
      this.#forget(request);
      this.#report({ kind: 'lost', at: now(), request, reason: reason.reason });
    });
  }

  #refused(request: string, error: unknown): void {
    this.#report(refusal(request, error));
  }

  #forget(request: string): void {
    this.#held.delete(request);
    if (this.#held.size > 0) return;
    clearInterval(this.#ticks);
    this.#ticks = undefined;
  }

  /**
   * What is live is live at a time that was read before. What is dead is told by a timer, so only timers may wonder
   * that it was not: several orders can be carried out before any of them runs.
   */
  #tick(isTimer = false): void {
    const at = now();
    const live: string[] = [];
    const dead: string[] = [];
    for (const [request, permit] of this.#held) (permit.live ? live : dead).push(request);
    this.#report({ kind: 'tick', at, live, dead: isTimer ? dead : [] });
  }
}
