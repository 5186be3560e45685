import { monotonic } from './clock.ts';
import type { Connection } from './connection.ts';
import type { Lease } from './lease.ts';
import { parse, type Reply } from './reply.ts';
import { within } from './retry.ts';
import { semaphoreScript } from './scripts.ts';

/** The protocol between this version and the state on the server. */
const protocol = '1';

export type Operation = 'acquire' | 'leave' | 'beat' | 'claim' | 'resize' | 'state' | 'bye';

/** What is answered only where the size is the stored one. */
const joining: ReadonlySet<Operation> = new Set(['acquire', 'claim', 'resize']);

/** What to do when the stored size is another: at first, or once a size has been agreed on. */
export type OnConflict = 'reject' | 'replace' | 'keep';

/** Calls the script for one semaphore, and keeps what each answer says of the session. */
export class Caller {
  // Invariant: `born` is the incarnation that all requests belong to which the server has answered.
  readonly name: string;
  readonly #connection: Connection;
  readonly #keys: readonly string[];
  readonly #lease: Lease;
  /** The session is gone from the server; `quiet` as in {@link Reply}. */
  readonly #lost: (quiet: number) => void;
  /** 0 while the session is not known to the server. */
  born = 0;
  /** The size that this process was configured with. */
  asked: number;
  /** The size as far as it is known. */
  size: number;
  onConflict: OnConflict;

  constructor(
    connection: Connection,
    name: string,
    size: number,
    onConflict: OnConflict,
    lease: Lease,
    lost: (quiet: number) => void,
  ) {
    const key = `${connection.prefix}:sem:{${name}}`;
    this.name = name;
    this.size = this.asked = size;
    this.onConflict = onConflict;
    this.#connection = connection;
    this.#keys = [key, `${key}:s`];
    this.#lease = lease;
    this.#lost = lost;
  }

  /** Sets another size with the next call. */
  replace(size: number): void {
    this.size = this.asked = size;
    this.onConflict = 'replace';
  }

  /** What messages for this semaphore are addressed to. */
  get address(): string {
    return `sem:${this.name}`;
  }

  /**
   * Calls once. `lost` and `stale` mean that nothing was done, and that the call may be made again.
   * @param renews - Whether the operation renews the session.
   */
  async call(
    operation: Operation,
    args: readonly (string | number)[],
    renews: boolean,
  ): Promise<Reply> {
    const connection = this.#connection;
    const { born } = this;
    const sent = monotonic();
    const raw = await connection.run(semaphoreScript, this.#keys, [
      protocol,
      operation,
      connection.id,
      String(connection.era),
      String(born),
      String(connection.lease),
      connection.learning ? '1' : '0',
      connection.channels,
      this.address,
      String(this.size),
      this.onConflict,
      ...args.map(String),
    ]);
    const reply = parse(raw);
    connection.protection = reply.protection;
    if (reply.status === 'lost') this.#forgotten(born, reply.quiet);
    if (reply.status !== 'ok' || operation === 'state') return reply;
    // Other calls may have found out meanwhile that the session was lost, or made it anew.
    if (born === 0 && reply.born > this.born) {
      if (this.born !== 0) this.#forgotten(this.born, reply.quiet);
      this.born = reply.born;
    }
    if (reply.born !== this.born) return { ...reply, status: 'lost', result: [], grants: [] };
    if (renews) this.#lease.renewed(sent, reply.lease);
    // What leaves or renews is done whatever the size is, and agrees to none.
    if (this.onConflict === 'reject' && !joining.has(operation)) return reply;
    this.size = reply.size;
    this.onConflict = 'keep';
    return reply;
  }

  /** Gives everything back. Resolves when that is confirmed, or patience is over. */
  async bye(): Promise<void> {
    const { patience, lease } = this.#connection;
    const farewell = this.call('bye', [], false).catch(() => undefined);
    await within(Math.min(patience, lease), farewell, () => undefined);
  }

  #forgotten(born: number, quiet: number): void {
    // Of an older incarnation, or of none.
    if (born === 0 || born !== this.born) return;
    this.born = 0;
    this.#lost(quiet);
  }
}
