import { background, type CancelFunc, type Context, withCancel } from '@gosync/context';
import { checkMethods, milliseconds, show } from './arguments.ts';
import { Connection } from './connection.ts';
import type { Driver } from './driver.ts';
import type { Member } from './member.ts';

/**
 * How a {@link Session} behaves.
 *
 * @see Go: none.
 */
export interface SessionOptions {
  /** What all keys and channels begin with: `'gosync'` when left out. */
  readonly prefix?: string;
  /**
   * For how long the server keeps what a process holds after it was last heard of, in milliseconds, at least 100:
   * 10 000 when left out. The first process that uses a semaphore decides.
   */
  readonly lease?: number;
  /** For how long the server is asked again when it does not answer, in milliseconds: the lease when left out. */
  readonly patience?: number;
  /** Whether nothing is granted for one lease after the server has restarted: `true` when left out. */
  readonly learning?: boolean;
}

/** `Symbol.asyncDispose`, or what compilers of `await using` fall back to on runtimes that lack it. */
const asyncDispose: symbol = Symbol.asyncDispose ?? Symbol.for('Symbol.asyncDispose');

/** 72 random bits as text. */
function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(9));
  return btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, '-')
    .replace(/\//g, '_');
}

/** What the other files see of a session. */
export interface Parts {
  readonly connection: Connection;
  /** This process at each semaphore, by name. */
  readonly semaphores: Map<string, Member>;
  /** The calls that this process takes part in. */
  readonly flights: Set<{ close(): Promise<void> }>;
}

// Not a field: what a user can see of a session stays what is documented.
const partsOf = new WeakMap<object, Parts>();

/**
 * The parts of `session`.
 * @throws TypeError when it is no session.
 */
export function parts(session: Session): Parts {
  const found = partsOf.get(session);
  if (found) return found;
  throw new TypeError(`redis: session is not a Session: ${show(session)}`);
}

/**
 * The identity of this process at one server: everything it holds or waits for there is bound to it, and is free
 * again one lease after the process was last heard of.
 *
 * One is enough for all semaphores and groups of a process.
 *
 * @example One for a process
 * ```ts
 * import { Session } from '@gosync/redis';
 * import { nodeRedis } from '@gosync/redis/node-redis';
 * import { createClient } from 'redis';
 *
 * const client = await createClient().on('error', console.error).connect();
 * const session = new Session(nodeRedis(client));
 * session.id.length; // => 12
 * session.context.err; // => undefined
 * await session.close();
 * client.destroy();
 * ```
 * @see Go: none; a process has no part in what another process holds.
 */
export class Session {
  declare readonly [Symbol.asyncDispose]: () => Promise<void>;
  readonly #connection: Connection;
  readonly #cancel: CancelFunc;
  readonly #semaphores = new Map<string, Member>();
  readonly #flights = new Set<{ close(): Promise<void> }>();
  /** Absent until closed. */
  #closing: Promise<void> | undefined;
  /** Done when the session is closed. */
  readonly context: Context;

  /**
   * @param driver - Made by `nodeRedis` of `@gosync/redis/node-redis` or `ioredis` of `@gosync/redis/ioredis`.
   * @throws RangeError when `lease` or `patience` is no time; TypeError when `driver` is none, but a client, for one.
   */
  constructor(driver: Driver, options: SessionOptions = {}) {
    const what = 'driver is not made by nodeRedis() or ioredis()';
    checkMethods(what, driver, 'run', 'subscribe', 'unknownOutcome');
    const { prefix = 'gosync', lease = 10_000, learning = true } = options;
    milliseconds('lease', lease, 100);
    const patience = milliseconds('patience', options.patience ?? lease, 1);
    this.#connection = new Connection(driver, randomId(), { prefix, lease, patience, learning });
    partsOf.set(this, {
      connection: this.#connection,
      semaphores: this.#semaphores,
      flights: this.#flights,
    });
    [this.context, this.#cancel] = withCancel(background());
  }

  static {
    Object.defineProperty(this.prototype, asyncDispose, { value: this.prototype.close });
  }

  /** Names this process at the server: random, and never used again. */
  get id(): string {
    return this.#connection.id;
  }

  /**
   * Whether the server tells that it has restarted, so that grants it has lost are not made twice; `undefined`
   * before its first answer. `false` where the command `INFO` is forbidden.
   */
  get protection(): boolean | undefined {
    return this.#connection.protection;
  }

  /**
   * How waiters hear that they were granted: by a message, or by asking each third of a lease where subscribing is
   * not possible; `undefined` before anybody has waited.
   */
  get wake(): 'push' | 'poll' | undefined {
    return this.#connection.wake.mode;
  }

  /**
   * Gives everything back: contexts of permits end with a {@link LeaseLostError}, waiters reject with an
   * {@link UnavailableError}. The client is not closed.
   *
   * @returns A promise that resolves when the server has confirmed it, or patience is over: then the lease does it.
   * It never rejects.
   */
  close(): Promise<void> {
    return (this.#closing ??= this.#close());
  }

  async #close(): Promise<void> {
    this.#connection.closed = true;
    this.#cancel();
    await Promise.all([...this.#semaphores.values(), ...this.#flights].map((each) => each.close()));
    await this.#connection.wake.close();
  }
}
