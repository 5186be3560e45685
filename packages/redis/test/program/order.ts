import type { Event } from '../history.ts';

/** How a program begins to share a semaphore. */
export interface Start {
  readonly client: ClientName;
  /** The port that it connects to, a server's or a proxy's. */
  readonly port: number;
  /** The name of the program: what its requests' names begin with. */
  readonly name: string;
  /** The name of the semaphore. */
  readonly semaphore: string;
  readonly size: number;
  readonly lease: number;
  readonly patience?: number;
  /** Whether a server that has just started is given time to learn what is held; as a session does if not given. */
  readonly learning?: boolean;
  /** By how many milliseconds the program's wall clock is ahead. */
  readonly ahead?: number;
  /** How its group is, which has the name of the semaphore. */
  readonly group?: GroupStart;
  /** Makes its requests by itself, from this seed, until it is ordered to finish. */
  readonly seed?: number;
}

export interface GroupStart {
  readonly window?: number;
  readonly maxBytes?: number;
  readonly onUnavailable?: 'reject' | 'alone';
  /** Whether values cross with marks of a codec of its own. */
  readonly marks?: boolean;
}

export const clientNames = ['node-redis', 'ioredis', 'iovalkey'] as const;

export type ClientName = (typeof clientNames)[number];

/** What a program may be ordered to do, a line of JSON each. */
export type Order =
  | { readonly order: 'start'; readonly start: Start }
  | { readonly order: 'permit'; readonly request: string; readonly n: number }
  | { readonly order: 'tryPermit'; readonly request: string; readonly n: number }
  | { readonly order: 'cancel'; readonly request: string }
  | { readonly order: 'release'; readonly request: string }
  | { readonly order: 'state'; readonly request: string }
  /** A call through the group; `cancel` makes its caller leave. */
  | { readonly order: 'fly'; readonly request: string; readonly key: string }
  /** The function of that call, whenever it is called, returns this value, or throws. */
  | { readonly order: 'answer'; readonly request: string; readonly value: string }
  | {
      readonly order: 'fail';
      readonly request: string;
      readonly message: string;
      readonly code: string;
    }
  | { readonly order: 'forget'; readonly request: string; readonly key: string }
  /** Begins no more requests, waits for those under way, and gives everything back. */
  | { readonly order: 'finish' }
  /** Closes the connection alone. */
  | { readonly order: 'disconnect' }
  /** Closes the session and the connection: ready for another start, and ends by itself with its input. */
  | { readonly order: 'close' };

/** What a program reports, a line of JSON each. */
export type Report =
  | Event
  | { readonly kind: 'ready'; readonly at: number }
  | { readonly kind: 'closed'; readonly at: number }
  /** The request has ended without a grant; `name` and `message` are those of the error, and of its cause. */
  | {
      readonly kind: 'refused';
      readonly at: number;
      readonly request: string;
      readonly name: string;
      readonly message: string;
      readonly cause: string;
      /** Of the class for what failed in another process; with its code. */
      readonly remote: boolean;
      readonly code?: string | undefined;
    }
  /** `tryPermit` has found no room. */
  | { readonly kind: 'busy'; readonly at: number; readonly request: string }
  /** `release` has resolved. */
  | { readonly kind: 'returned'; readonly at: number; readonly request: string }
  | {
      readonly kind: 'state';
      readonly at: number;
      readonly request: string;
      readonly held: number;
      readonly waiting: number;
    }
  /** The server has answered a call through the group: `lead`, `follow`, or `result` when it is there already. */
  | {
      readonly kind: 'joined';
      readonly at: number;
      readonly request: string;
      readonly status: string;
    }
  /** The function is called. */
  | {
      readonly kind: 'called';
      readonly at: number;
      readonly request: string;
      readonly fence: number;
    }
  /** The context of the function has ended, with this cause. */
  | {
      readonly kind: 'ended';
      readonly at: number;
      readonly request: string;
      readonly cause: string;
    }
  | {
      readonly kind: 'outcome';
      readonly at: number;
      readonly request: string;
      readonly value: string;
      readonly shared: boolean;
    }
  | { readonly kind: 'forgotten'; readonly at: number; readonly request: string }
  | { readonly kind: 'finished'; readonly at: number }
  | { readonly kind: 'unhandled'; readonly at: number; readonly message: string };

/** The time on the clock that all processes of this machine share, in milliseconds. */
export function now(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
