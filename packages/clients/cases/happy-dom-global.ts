import { equal, ok } from 'node:assert/strict';
import { once } from 'node:events';
import { background, cause, type Context, withCancel } from '@gosync/context';
import { withContext } from '@gosync/errgroup';
import { GlobalRegistrator } from '@happy-dom/global-registrator';

/** What a context has to do in whatever globals it finds itself. */
async function lives(ctx: Context, cancel: () => void): Promise<void> {
  const { signal } = ctx;
  let events = 0;
  signal.addEventListener('abort', () => events++);
  const [group, own] = withContext(ctx);
  const ended = new Promise((resolve) => own.signal.addEventListener('abort', resolve));
  void group.go(() => ended);
  equal(signal.aborted, false);
  cancel();
  await group.wait();
  equal(events, 1);
  equal(signal.aborted, true);
  equal(signal.reason, cause(ctx));
}

const readBefore = withCancel(background());
const madeBefore = withCancel(background());
ok(readBefore[0].signal instanceof AbortSignal);

export const subject = {
  library: '@happy-dom/global-registrator',
  title: 'a second DOM in the globals',
  checks: {
    'a context whose signal was read before goes on': async () => {
      GlobalRegistrator.register();
      await lives(...readBefore);
    },
    'a context that was made before goes on': () => lives(...madeBefore),
    'a context that is made now has a signal of this DOM': async () => {
      const [ctx, cancel] = withCancel(background());
      ok(ctx.signal instanceof AbortSignal);
      await lives(ctx, cancel);
    },
    'a context that outlives it goes on': async () => {
      const [ctx, cancel] = withCancel(background());
      equal(ctx.signal.aborted, false);
      await GlobalRegistrator.unregister();
      await lives(ctx, cancel);
    },
    'a context that is made after it has a signal of the platform': async () => {
      const [ctx, cancel] = withCancel(background());
      ok(ctx.signal instanceof AbortSignal);
      // The platform's own functions take only their own.
      const waiting = once(process, 'never', { signal: ctx.signal });
      cancel();
      const error: unknown = await waiting.catch((reason: unknown) => reason);
      equal(error instanceof Error && error.cause, cause(ctx));
    },
  },
};
