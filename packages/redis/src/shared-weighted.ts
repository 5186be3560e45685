import { background, type Context, type ContextLike } from '@gosync/context';
import { checkName, type First, notAFunction, show, units, weight } from './arguments.ts';
import { SizeConflictError } from './errors.ts';
import { Member } from './member.ts';
import { request } from './permits.ts';
import { parts, type Session } from './session.ts';
import type { SharedPermit } from './shared-permit.ts';
import { SharedState } from './shared-state.ts';

/** What `run` calls. */
type Task<T> = (ctx: Context, permit: SharedPermit) => T | PromiseLike<T>;

/**
 * A weighted semaphore that processes share: all that name it at one server share its units, first come, first
 * served.
 *
 * Requests are served in the order in which the server hears of them, whichever process they come from. One that
 * does not fit yet holds up those behind it. What a process holds is free again one lease after the process was last
 * heard of; a process that cannot reach the server gives up a little earlier, by its own clock.
 *
 * @example Two at a time, in all processes
 * ```ts
 * import { Session, SharedWeighted } from '@gosync/redis';
 * import { nodeRedis } from '@gosync/redis/node-redis';
 * import { createClient } from 'redis';
 *
 * const client = await createClient().on('error', console.error).connect();
 * const session = new Session(nodeRedis(client));
 * const sem = new SharedWeighted(session, 'two at a time', 2);
 * await sem.run(async (ctx, permit) => permit.live); // => true
 * String(await sem.state()); // => 'two at a time: 0 of 2 held, 0 waiting, 1 sessions'
 * await session.close();
 * client.destroy();
 * ```
 * @see Go: none; `semaphore.Weighted` is for one process.
 */
export class SharedWeighted {
  readonly #member: Member;
  readonly #session: Session;
  readonly name: string;

  /**
   * @param session - Of the server that keeps it. Nothing is sent yet.
   * @param name - What all processes call it: without braces and line ends.
   * @param size - How many units there are to share: a non-negative safe integer. The first process that uses it
   * stores the size.
   * @param options - What to do when another size is stored: `'reject'` requests with a {@link SizeConflictError},
   * or `'replace'` it.
   * @throws RangeError, TypeError when an argument is none of these; SizeConflictError when the same session has it
   * with another size.
   * @see Go: https://github.com/golang/sync/blob/ec11c4a/semaphore/semaphore.go#L21
   */
  constructor(
    session: Session,
    name: string,
    size: number,
    options: { readonly conflict?: 'reject' | 'replace' } = {},
  ) {
    const { connection, semaphores } = parts(session);
    const { conflict = 'reject' } = options;
    checkName('name of a semaphore', name);
    units('size', size);
    if (conflict !== 'reject' && conflict !== 'replace') {
      throw new TypeError(`redis: conflict is neither 'reject' nor 'replace': ${show(conflict)}`);
    }
    let member = semaphores.get(name);
    if (member === undefined) {
      member = new Member(connection, name, size, conflict);
      semaphores.set(name, member);
    } else if (conflict === 'replace') {
      member.caller.replace(size);
    } else if (member.caller.asked !== size) {
      throw new SizeConflictError(name, size, member.caller.asked);
    }
    this.name = name;
    this.#member = member;
    this.#session = session;
  }

  /**
   * Takes `n` units, waiting until its turn has come and they are free.
   *
   * **Cancellation**: a context that is done already rejects, even when there is room. While waiting, the end of the
   * context rejects at once and leaves the queue behind it; a grant that crosses it is given back. Units that were
   * granted stay granted. The rejection is `cause(ctx)`.
   *
   * **Cost**: one round trip, and one message when it had to wait; O(1) on the server, leaving the queue too.
   *
   * @param ctx - Bounds the wait; may be left out.
   * @param n - A non-negative safe integer, 1 when left out. More than the size waits for the end of the context and
   * holds nobody up.
   * @returns A promise. It rejects with a RangeError when `n` is not a weight, or is more than the size under a
   * context that can never end; with a TypeError when `ctx` is not a `ContextLike`; with a {@link SizeConflictError};
   * with an {@link UnavailableError} when the server has not answered within the session's patience. Once the server
   * has answered that it waits, nothing but its context ends the wait.
   *
   * @see Go: https://github.com/golang/sync/blob/ec11c4a/semaphore/semaphore.go#L38
   */
  permit(ctx: ContextLike | undefined, n?: number): Promise<SharedPermit>;
  permit(n?: number): Promise<SharedPermit>;
  async permit(first?: First, second?: number): Promise<SharedPermit> {
    if (typeof first === 'number' && second !== undefined) {
      throw new TypeError('redis: the context comes first, the weight second');
    }
    const ctx = typeof first === 'number' ? undefined : first;
    const permit = await request(this.#session, this.#member, ctx, weight(first, second), true);
    // Only a request that must not wait ends without a permit.
    if (permit === undefined) throw new RangeError('redis: request was not granted');
    return permit;
  }

  /**
   * Takes `n` units if that needs no waiting. Never overtakes a waiting request.
   *
   * @returns The permit, or `undefined` when it would have had to wait. Rejects as {@link SharedWeighted.permit}.
   * @see Go: https://github.com/golang/sync/blob/ec11c4a/semaphore/semaphore.go#L111
   */
  tryPermit(n: number = 1): Promise<SharedPermit | undefined> {
    return request(this.#session, this.#member, undefined, n, false);
  }

  /**
   * Takes `n` units, calls `f` with the permit and its context, and gives them back when `f` has ended, however it
   * did.
   *
   * **Cancellation**: as in {@link SharedWeighted.permit}. `f` once begun is not stopped: its context ends with the
   * caller's, and with a {@link LeaseLostError} when the lease is lost.
   *
   * @returns What `f` returns. Rejects with what it throws; or as {@link SharedWeighted.permit}, without calling it.
   * @see Go: none; there the three steps are written out.
   */
  run<T>(f: Task<T>): Promise<T>;
  run<T>(ctxOrN: ContextLike | number | undefined, f: Task<T>): Promise<T>;
  run<T>(ctx: ContextLike | undefined, n: number, f: Task<T>): Promise<T>;
  async run<T>(...args: [Task<T>] | [First, Task<T>] | [First, number, Task<T>]): Promise<T> {
    const f = args[args.length - 1];
    const first = args.length === 1 ? undefined : args[0];
    const second = args.length === 3 ? args[1] : undefined;
    if (typeof f !== 'function') throw notAFunction(f);
    const ctx = typeof first === 'number' ? undefined : first;
    const permit = await this.permit(ctx ?? background(), weight(first, second));
    try {
      return await f(permit.context, permit);
    } finally {
      await permit.release();
    }
  }

  /**
   * Sets the size for all processes, and grants what fits now. When it shrinks, what is held stays held.
   * @throws RangeError when `size` is not a size.
   * @see Go: none; there a size is set once.
   */
  async resize(size: number): Promise<void> {
    await this.#member.ask('resize', [units('size', size)]);
  }

  /**
   * What the server knows of it, at the moment of asking. All zero when it knows nothing.
   *
   * @see Go: none.
   */
  async state(): Promise<SharedState> {
    const { size, result } = await this.#member.ask('state', []);
    const [held = 0, waiting = 0, sessions = 0] = result.map(Number);
    return new SharedState(this.name, size, held, waiting, sessions);
  }
}
