import type { Context } from '@gosync/context';
import { Weighted } from '@gosync/semaphore';
import type { Audit } from './audit.ts';
import { size, type Task } from './plan.ts';

/** The semaphore that all requests share, and a second count of what is out. */
export class Units {
  readonly #audit: Audit;
  readonly #semaphore = new Weighted(size);
  #held = 0;

  constructor(audit: Audit) {
    this.#audit = audit;
  }

  /** Does `work` with the units of a task; not at all if it would have to wait and does not want to. */
  async use(ctx: Context, { how, weight }: Task, work: () => Promise<void>): Promise<void> {
    const semaphore = this.#semaphore;
    const hold = (): Promise<void> => this.#hold(weight, work);
    if (how === 'run') return semaphore.run(ctx, weight, hold);
    if (how === 'permit') {
      const permit = await semaphore.permit(ctx, weight);
      try {
        return await hold();
      } finally {
        permit.release();
        permit.release();
      }
    }
    if (how === 'acquire') await semaphore.acquire(ctx, weight);
    else if (!semaphore.tryAcquire(weight)) return undefined;
    try {
      return await hold();
    } finally {
      semaphore.release(weight);
    }
  }

  finish(): void {
    const { available, waiting } = this.#semaphore;
    this.#audit.expect(
      'a semaphore has all its units and nobody waits',
      available === size && waiting === 0 && this.#held === 0,
      available,
      waiting,
      this.#held,
    );
  }

  async #hold(weight: number, work: () => Promise<void>): Promise<void> {
    this.#held += weight;
    this.#check();
    try {
      await work();
    } finally {
      this.#check();
      this.#held -= weight;
    }
  }

  #check(): void {
    const out = size - this.#semaphore.available;
    this.#audit.expect('a semaphore never has more out than its size', out <= size, out);
    // More than is held: some have been granted their units and do not know yet.
    this.#audit.expect('a semaphore has at least as much out as is held', out >= this.#held, out);
  }
}
