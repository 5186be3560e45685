import { type Context, type ContextLike, withCancelCause } from '@gosync/context';
import { constants } from 'node:os';
import { Failure } from './failure.ts';

/**
 * A context that is done when the program is asked to end, as by Ctrl-C, or when nobody reads its output any more.
 * Go has the like as `signal.NotifyContext`. A second signal is not caught: it ends the program at once.
 */
export function untilInterrupted(parent: ContextLike): Context {
  const [ctx, cancel] = withCancelCause(parent);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    // What a shell reports for a program that a signal has ended.
    const exitCode = 128 + constants.signals[signal];
    process.once(signal, () => cancel(new Failure(exitCode, `interrupted by ${signal}`)));
  }
  process.stdout.on('error', (err) => cancel(new Failure(1, `cannot write: ${err.message}`, err)));
  return ctx;
}
