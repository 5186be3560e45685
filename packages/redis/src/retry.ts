import { UnavailableError } from './errors.ts';

/** What a server answers that will answer the same next time. */
const refusals = /^(?:NOPERM|NOAUTH|WRONGPASS|WRONGTYPE|CROSSSLOT|ERR) /;

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Whether trying again is pointless. */
export function isRefusal(error: unknown): boolean {
  const message = messageOf(error);
  return refusals.test(message) || message.startsWith('redis: ');
}

/** What callers get for a client's error. */
export function unavailable(error: unknown): Error {
  if (error instanceof Error && error.message.startsWith('redis: ')) return error;
  return new UnavailableError(messageOf(error), { cause: error });
}

/** How long to wait before trying again, in milliseconds: longer each time, and different for each process. */
export function backoff(attempt: number): number {
  return Math.min(1000, 20 * 2 ** attempt) * (0.5 + Math.random() / 2);
}

/** What `promise` settles with; or, when it has not within `ms`, what `late` returns or throws. */
export async function within<T>(ms: number, promise: Promise<T>, late: () => T): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const over = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  try {
    return await Promise.race([promise, over.then(late)]);
  } finally {
    // It would hold the process.
    clearTimeout(timer);
  }
}

/** For {@link within}: the server has not answered. */
export function noAnswer(patience: number): () => never {
  return () => {
    throw new UnavailableError(`no answer within ${patience} ms`);
  };
}

/** Resolves after `ms`. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
