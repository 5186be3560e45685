import { background, type Context, type ContextLike } from '@gosync/context';
import { Group, type Result } from '@gosync/singleflight';
import { checkName, milliseconds, notAFunction, show, units } from './arguments.ts';
import { type Codec, jsonCodec, type Outcome } from './codec.ts';
import { UnavailableError } from './errors.ts';
import { FlightCaller } from './flight-caller.ts';
import type { FlightOptions, FlightTask } from './leading.ts';
import { parts, type Session } from './session.ts';
import { SharedFlight } from './shared-flight.ts';

/**
 * How a {@link SharedGroup} behaves.
 *
 * @see Go: none.
 */
export interface SharedGroupOptions<V> {
  /** For how long callers that come after the outcome get it too, in milliseconds: 0 when left out, so not at all. */
  readonly window?: number;
  /** How large a value may be as text, in bytes of UTF-8: 1 048 576 when left out. */
  readonly maxBytes?: number;
  /** How values become text: JSON when left out. */
  readonly codec?: Codec<V>;
  /**
   * What callers get while the server is away: an {@link UnavailableError}, when left out; or each process calls
   * its function `'alone'`, with the fence 0.
   */
  readonly onUnavailable?: 'reject' | 'alone';
}

/**
 * Suppresses duplicate calls across processes: while a call for a key is under way in one of them, callers with the
 * same key share it, in all that name the group at one server.
 *
 * One process calls its function; the others get the value or the error by a codec. When that process dies, another
 * calls its own: a function runs once, and more often only when a process or the server fails.
 *
 * Within a process all callers get the same object; between processes, copies. An error arrives as a
 * {@link RemoteError}.
 *
 * @example Two callers, one call
 * ```ts
 * import { Session, SharedGroup } from '@gosync/redis';
 * import { nodeRedis } from '@gosync/redis/node-redis';
 * import { createClient } from 'redis';
 *
 * const client = await createClient().on('error', console.error).connect();
 * const session = new Session(nodeRedis(client));
 * const group = new SharedGroup<string>(session, 'pages');
 * let calls = 0;
 * const load = () => group.do('front', async () => `call ${++calls}`);
 * await Promise.all([load(), load()]); // => [['call 1', true], ['call 1', true]]
 * await session.close();
 * client.destroy();
 * ```
 * @see Go: https://github.com/golang/sync/blob/ec11c4a/singleflight/singleflight.go#L73
 */
export class SharedGroup<V = unknown> {
  // Invariant: of the calls for a key that this process takes part in, one at most is in `#local`.
  readonly #session: Session;
  readonly #options: FlightOptions<V>;
  readonly #local = new Group<Outcome<V>>();
  /** Keys that are being forgotten: the next call waits for it. */
  readonly #forgetting = new Map<string, Promise<unknown>>();
  readonly name: string;

  /**
   * @param session - Of the server that keeps it. Nothing is sent yet.
   * @param name - What all processes call it: without braces and line ends.
   * @throws RangeError, TypeError when an argument is none.
   */
  constructor(session: Session, name: string, options: SharedGroupOptions<V> = {}) {
    parts(session);
    const { window = 0, maxBytes = 1_048_576, codec = jsonCodec() } = options;
    const { onUnavailable = 'reject' } = options;
    if (onUnavailable !== 'reject' && onUnavailable !== 'alone') {
      throw new TypeError(
        `redis: onUnavailable is neither 'reject' nor 'alone': ${show(onUnavailable)}`,
      );
    }
    this.name = checkName('name of a group', name);
    this.#session = session;
    this.#options = {
      window: milliseconds('window', window, 0),
      maxBytes: units('maxBytes', maxBytes),
      codec,
      onUnavailable,
    };
  }

  /**
   * Calls `f`, or joins the call that is under way for `key` in any process.
   *
   * **Cancellation**: none; callers through `do` stay until the end. See {@link SharedGroup.doContext}.
   *
   * **Cost**: two round trips for the process that calls, one and a message for the others.
   *
   * @param key - Any text.
   * @param f - Called with a context that ends when nobody waits any more, or with a {@link LeaseLostError} when
   * another process has taken over; and with a fencing token that rises with every call.
   * @returns The value, and whether more than one caller was waiting when `f` ended. Rejects with what `f` throws: as a
   * {@link RemoteError} where another process called it; with a {@link ResultTooLargeError}; with an
   * {@link UnavailableError} as the group's options say; with a TypeError when an argument is none.
   * @see Go: https://github.com/golang/sync/blob/ec11c4a/singleflight/singleflight.go#L91
   */
  async do(key: string, f: FlightTask<V>): Promise<readonly [value: V, shared: boolean]> {
    this.#check(key, f);
    return this.#unwrap(await this.#local.do(key, () => this.#fly(key, background(), f)));
  }

  /**
   * {@link SharedGroup.do} for callers that may leave. `f` is told when nobody is left, in any process.
   *
   * **Cancellation**: a caller whose context ends rejects at once with `cause(ctx)`; the others are not disturbed.
   * When the last caller of the last process leaves, the key is free, and the context of `f` ends with that
   * caller's cause: as a {@link RemoteError} where it left another process. A process that died counts until its
   * lease is over.
   *
   * @param ctx - The caller's context. That of the first caller gives `f`'s context its values.
   * @see Go: none; this is why people leave Go's package.
   */
  async doContext(
    ctx: ContextLike,
    key: string,
    f: FlightTask<V>,
  ): Promise<readonly [value: V, shared: boolean]> {
    this.#check(key, f);
    return this.#unwrap(await this.#local.doContext(ctx, key, (own) => this.#fly(key, own, f)));
  }

  /**
   * {@link SharedGroup.do} with the outcome as a value: the promise never rejects.
   * @see Go: https://github.com/golang/sync/blob/ec11c4a/singleflight/singleflight.go#L121
   */
  async doChan(key: string, f: FlightTask<V>): Promise<Result<V>> {
    try {
      this.#check(key, f);
      const [outcome, local] = await this.#local.do(key, () => this.#fly(key, background(), f));
      const shared = outcome.shared || local;
      if (outcome.ok) return { ok: true, val: outcome.value, err: undefined, shared };
      return { ok: false, val: undefined, err: outcome.error, shared };
    } catch (err) {
      return { ok: false, val: undefined, err, shared: false };
    }
  }

  /**
   * Makes the next caller for `key`, in any process, call anew. Those who wait for the call under way still get its
   * outcome.
   *
   * @returns A promise that resolves when the server knows it. In this process it holds at once.
   * @see Go: https://github.com/golang/sync/blob/ec11c4a/singleflight/singleflight.go#L210
   */
  async forget(key: string): Promise<void> {
    checkKey(key);
    this.#local.forget(key);
    const caller = new FlightCaller(parts(this.#session).connection, this.name, key);
    const forgotten = caller.persist('forget', []);
    const settled = forgotten.then(
      () => undefined,
      () => undefined,
    );
    this.#forgetting.set(key, settled);
    await settled;
    if (this.#forgetting.get(key) === settled) this.#forgetting.delete(key);
    await forgotten;
  }

  #check(key: string, f: unknown): void {
    checkKey(key);
    if (typeof f !== 'function') throw notAFunction(f);
    if (this.#session.context.err) throw new UnavailableError('session is closed');
  }

  #unwrap([outcome, local]: readonly [Outcome<V>, boolean]): readonly [V, boolean] {
    if (!outcome.ok) throw outcome.error;
    return [outcome.value, outcome.shared || local];
  }

  async #fly(key: string, own: Context, f: FlightTask<V>): Promise<Outcome<V>> {
    // Everybody may have left when this resumes: then the flight leaves again.
    await this.#forgetting.get(key);
    const { connection, flights } = parts(this.#session);
    const caller = new FlightCaller(connection, this.name, key);
    const flight = new SharedFlight({ connection, caller, options: this.#options, own, f });
    flights.add(flight);
    const stop = connection.wake.listen(caller.address, flight);
    try {
      return await flight.run();
    } finally {
      flights.delete(flight);
      stop();
    }
  }
}

function checkKey(key: unknown): void {
  if (typeof key !== 'string') throw new TypeError(`redis: key is not a string: ${show(key)}`);
}
