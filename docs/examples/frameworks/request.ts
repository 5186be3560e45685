import {
  type Context,
  type ContextLike,
  isDeadlineExceeded,
  withCancelCause,
  withTimeout,
} from '@gosync/context';

export class ClientLeft extends Error {}
export class Restarting extends Error {}

/** How long one request lasts. Dispose of it when the request is over. */
export interface RequestLife extends Disposable {
  /** Ends with the server's context, when the client has left, or when the time is over. */
  readonly ctx: Context;
  /** To be called when the client has left. */
  readonly leave: () => void;
}

export function requestLife(server: ContextLike, ms: number): RequestLife {
  const [client, leave] = withCancelCause(server);
  const [ctx, cancel] = withTimeout(client, ms);
  return {
    ctx,
    leave: () => leave(new ClientLeft()),
    [Symbol.dispose]: () => {
      cancel();
      leave();
    },
  };
}

/** What to answer when a request has failed. What waits under its context rejects with the cause. */
export function statusOf(err: unknown): 499 | 500 | 503 | 504 {
  if (err instanceof ClientLeft) return 499; // nobody reads it, but the log does
  if (err instanceof Restarting) return 503;
  return isDeadlineExceeded(err) ? 504 : 500;
}
