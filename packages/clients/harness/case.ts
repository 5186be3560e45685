/** What a check is handed to say what it looks at. */
export interface Scope {
  /** When the check has ended, nothing may listen on `signal`, or exactly as many listeners as `leaves` says. */
  watch(signal: AbortSignal, leaves?: number): void;
  /** Milliseconds in which a call has to end once its context has. */
  readonly prompt: number;
}

/** Throws, rejects or does not settle when something is not as expected; may return what came out, as a text. */
export type Check = (scope: Scope) => unknown;

/** Milliseconds. */
export interface Limits {
  /** For a check. None waits for a clock, so one that takes so long hangs. */
  readonly check: number;
  /** For a call whose context has ended. Most of it is for a machine that is busy. */
  readonly prompt: number;
  /** For what ends by itself, but not at once: sockets, worker threads. */
  readonly leftovers: number;
}

/** What runs in a process of its own. */
export interface Case {
  /** The npm package, or `node` for what the platform itself has. */
  readonly library: string;
  /** Tells several cases of one library apart. */
  readonly title?: string;
  /** By name; run in this order, one after the other. */
  readonly checks: Readonly<Record<string, Check>>;
  /** Warnings of the library's own, that have nothing to do with a context. */
  readonly warnings?: readonly RegExp[];
  readonly limits?: Limits;
  /** Called before the first check. What it leaves behind is there until `close` has been called. */
  readonly open?: () => unknown;
  /** Called after the last check. Then nothing may keep the process alive. */
  readonly close?: () => unknown;
}

export interface CheckReport {
  readonly name: string;
  /** Absent when the check returned nothing, or failed. */
  readonly outcome?: string;
  /** Empty when all is as expected. */
  readonly problems: readonly string[];
}

export interface Report {
  readonly library: string;
  readonly title?: string;
  readonly checks: readonly CheckReport[];
}

/** What precedes the report where a process prints it. */
export const marker = '@@report@@';
