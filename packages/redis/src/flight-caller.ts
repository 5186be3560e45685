import { monotonic } from './clock.ts';
import type { Connection } from './connection.ts';
import type { Lease } from './lease.ts';
import { backoff, isRefusal, noAnswer, pause, unavailable, within } from './retry.ts';
import { flightScript } from './scripts.ts';

/** The protocol between this version and the state on the server. */
const protocol = '1';

export type FlightStatus = 'lead' | 'follow' | 'result' | 'lost' | 'end' | 'ok';

/** What the script answers. */
export interface FlightReply {
  readonly status: FlightStatus;
  readonly fence: number;
  /** How many processes wait. */
  readonly sharers: number;
  readonly payload: string;
}

const statuses: readonly FlightStatus[] = ['lead', 'follow', 'result', 'lost', 'end', 'ok'];

/** Calls the script for the flights of one key. */
export class FlightCaller {
  readonly #connection: Connection;
  readonly #keys: readonly string[];
  /** What messages for it are addressed to. */
  readonly address: string;

  constructor(connection: Connection, group: string, key: string) {
    // The part in braces is the same for both keys, so a cluster keeps them together; a group's name is never empty.
    const name = `${connection.prefix}:fly:{${group}:${key}}`;
    this.#connection = connection;
    this.#keys = [name, `${name}:r`];
    // Without line ends, whatever the key holds.
    this.address = JSON.stringify([group, key]);
  }

  /** Calls once. `lease` is renewed by it, when given, if the answer is that it leads or follows. */
  async call(
    operation: 'join' | 'follow' | 'lead' | 'finish' | 'leave' | 'forget',
    args: readonly (string | number)[],
    lease?: Lease,
  ): Promise<FlightReply> {
    const { id, lease: duration, channels } = this.#connection;
    const sent = monotonic();
    const raw = await this.#connection.run(flightScript, this.#keys, [
      protocol,
      operation,
      id,
      String(duration),
      channels,
      this.address,
      ...args.map(String),
    ]);
    const [first, fence = 0, sharers = 0, payload = ''] = Array.isArray(raw) ? raw.map(String) : [];
    const status = statuses.find((each) => each === first);
    if (status === undefined) {
      throw new Error(`redis: answer is not one of the script: ${String(raw)}`);
    }
    if (status === 'lead' || status === 'follow') lease?.renewed(sent, duration);
    return { status, fence: Number(fence), sharers: Number(sharers), payload };
  }

  /** Calls until there is an answer; rejects when patience is over. */
  async persist(
    operation: 'join' | 'forget',
    args: readonly (string | number)[],
    lease?: Lease,
  ): Promise<FlightReply> {
    const { patience } = this.#connection;
    const end = monotonic() + patience;
    for (let attempt = 0; ; attempt++) {
      try {
        const answer = this.call(operation, args, lease);
        return await within(end - monotonic(), answer, noAnswer(patience));
      } catch (error) {
        const wait = backoff(attempt);
        if (isRefusal(error) || monotonic() + wait > end) throw unavailable(error);
        await pause(wait);
      }
    }
  }
}
