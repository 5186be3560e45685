import { afterFunc, cause, type ContextLike } from '@gosync/context';

/**
 * Resolves after `ms` milliseconds; with `Infinity`, never. Rejects with the cause when `ctx` ends first.
 */
export function pause(ctx: ContextLike, ms: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = afterFunc(ctx, () => {
      clearTimeout(timer);
      reject(cause(ctx));
    });
    const timer =
      ms === Infinity
        ? undefined
        : setTimeout(() => {
            stop();
            resolve();
          }, ms);
  });
}

/** What to show of an error. */
export function message(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
