// A wait that is given up at a point in time.
import { afterFunc, background, withDeadline } from '@gosync/context';

const neverReady = new Promise<string>(() => {});

const [ctx, cancel] = withDeadline(background(), new Date(Date.now() + 1));
// It will end by itself, but that is no reason to keep its timer if all goes faster.
using _ = cancel;

const done = new Promise<string | undefined>((resolve) => {
  afterFunc(ctx, () => resolve(ctx.err?.message));
});
console.log(await Promise.race([neverReady, done]));
