import type { Context } from '@gosync/context';
import type { Weighted } from '@gosync/semaphore';
import { checkWeight } from './check.ts';
import type { ItemOptions } from './task.ts';

/** What the tasks of a call take of a semaphore that others use, too. */
export class Budget {
  readonly #semaphore: Weighted;
  readonly #weight: ItemOptions<never>['weight'];

  constructor(semaphore: Weighted, weight: ItemOptions<never>['weight']) {
    this.#semaphore = semaphore;
    this.#weight = weight;
  }

  static of({ semaphore, weight }: ItemOptions<never>): Budget | undefined {
    return semaphore && new Budget(semaphore, weight);
  }

  /** How many units the task of an item takes. Throws when there are fewer in all. */
  weigh(item: unknown, index: number): number {
    // Any item is one of those that the weight is for; the callers' types see to that.
    const n: number = this.#weight ? Reflect.apply(this.#weight, undefined, [item, index]) : 1;
    checkWeight(n, this.#semaphore, index);
    return n;
  }

  tryTake(n: number): boolean {
    return this.#semaphore.tryAcquire(n);
  }

  take(ctx: Context, n: number): Promise<void> {
    return this.#semaphore.acquire(ctx, n);
  }

  give(n: number): void {
    this.#semaphore.release(n);
  }
}
