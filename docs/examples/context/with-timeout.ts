// A wait that is given up after some time. What takes an AbortSignal takes that of a context.
import { background, withTimeout } from '@gosync/context';
import { setTimeout } from 'node:timers/promises';

const [ctx, cancel] = withTimeout(background(), 1);
using _ = cancel;

try {
  await setTimeout(60_000, undefined, { signal: ctx.signal });
  console.log('ready');
} catch {
  console.log(ctx.err?.message);
}
