/**
 * A Lua script and the SHA-1 digest by which a server knows it once it has run.
 *
 * @see Go: none.
 */
export interface Script {
  readonly text: string;
  readonly digest: string;
}

/**
 * What ends a subscription.
 *
 * @see Go: none.
 */
export interface Subscription {
  close(): Promise<void>;
}

/**
 * What a client of Redis must do. Those for node-redis and for ioredis are in `@gosync/redis/node-redis` and
 * `@gosync/redis/ioredis`.
 *
 * @see Go: none.
 */
export interface Driver {
  /**
   * Runs `script` by its digest, or by its text when the server does not know it. Integers may arrive as numbers or
   * as text.
   */
  run(script: Script, keys: readonly string[], args: readonly string[]): Promise<unknown>;
  /**
   * Calls `message` with what is published on `channel`, and `gap` after messages may have been missed: when the
   * subscription or the connection for commands has been made again.
   */
  subscribe(
    channel: string,
    message: (text: string) => void,
    gap: () => void,
  ): Promise<Subscription>;
  /** Whether the call that failed with `error` may have run, or may yet run. */
  unknownOutcome(error: unknown): boolean;
}
