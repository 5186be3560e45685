import type { Context, ContextLike } from '@gosync/context';
import type { Permit } from '@gosync/semaphore';

/**
 * What a semaphore of one process and a shared one have in common: write against this, and decide later.
 *
 * @example
 * ```ts
 * import type { Semaphore } from '@gosync/redis';
 * import { Weighted } from '@gosync/semaphore';
 *
 * const square = (sem: Semaphore, n: number) => sem.run(undefined, 1, () => n * n);
 * await square(new Weighted(2), 3); // => 9
 * ```
 * @see Go: none; there is one kind.
 */
export interface Semaphore {
  permit(ctx?: ContextLike, n?: number): Promise<Permit>;
  run<T>(ctx: ContextLike | undefined, n: number, f: () => T | PromiseLike<T>): Promise<T>;
}

/**
 * What a group of one process and a shared one have in common: write against this, and decide later.
 *
 * @example
 * ```ts
 * import type { Flight } from '@gosync/redis';
 * import { Group } from '@gosync/singleflight';
 *
 * const load = (users: Flight<string>, id: string) => users.do(id, async () => `user ${id}`);
 * await load(new Group<string>(), '7'); // => ['user 7', false]
 * ```
 * @see Go: none; there is one kind.
 */
export interface Flight<V> {
  do(key: string, f: () => V | PromiseLike<V>): Promise<readonly [value: V, shared: boolean]>;
  doContext(
    ctx: ContextLike,
    key: string,
    f: (ctx: Context) => V | PromiseLike<V>,
  ): Promise<readonly [value: V, shared: boolean]>;
}
