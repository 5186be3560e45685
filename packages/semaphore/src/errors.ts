import { background, type Context } from '@gosync/context';

/** Refuses a wait for more than there is if nothing can end it. */
export function checkEnd(ctx: Context | undefined, n: number, size: number): void {
  // All contexts that can never end have the background's signal.
  if (ctx && ctx.signal !== background().signal) return;
  throw new RangeError(`semaphore: acquire would wait for ever: ${n} of ${size}`);
}

export function notHeld(n: number, held: number): RangeError {
  return new RangeError(`semaphore: released more than held: ${n} of ${held}`);
}
