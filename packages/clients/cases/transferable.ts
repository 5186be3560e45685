import { equal } from 'node:assert/strict';
import { once } from 'node:events';
import { transferableAbortSignal } from 'node:util';
import { MessageChannel } from 'node:worker_threads';
import { background, isCanceled, withCancel, withCancelCause } from '@gosync/context';

/** Sends a signal through a channel. Returns what arrives, and how to close the channel. */
async function sent(signal: AbortSignal): Promise<{ copy: AbortSignal; close: () => void }> {
  const { port1, port2 } = new MessageChannel();
  const arrived = once(port2, 'message');
  const transferable = transferableAbortSignal(signal);
  port1.postMessage(transferable, [transferable]);
  const [copy]: unknown[] = await arrived;
  if (!(copy instanceof AbortSignal)) throw new TypeError('no signal arrived');
  return { copy, close: () => port1.close() };
}

async function aborted(copy: AbortSignal): Promise<void> {
  if (!copy.aborted) await once(copy, 'abort');
}

/** Whether the platform tells the copy of a live signal of its own why it was aborted; Node 20 does not. */
async function tellsWhy(): Promise<boolean> {
  const controller = new AbortController();
  const { copy, close } = await sent(controller.signal);
  controller.abort('enough');
  await aborted(copy);
  close();
  return copy.reason === 'enough';
}

export const subject = {
  library: 'node',
  title: 'util.transferableAbortSignal',
  // Node 20 says so of it.
  warnings: [/transferableAbortSignal/],
  checks: {
    'a copy of a live signal is aborted with it': async () => {
      const [ctx, cancel] = withCancel(background());
      const { copy, close } = await sent(ctx.signal);
      equal(copy.aborted, false);
      cancel();
      await aborted(copy);
      equal(isCanceled(copy.reason), await tellsWhy());
      close();
    },
    'a copy of the signal of a done context is aborted, and says of which kind': async () => {
      const [ctx, cancel] = withCancel(background());
      cancel();
      const { copy, close } = await sent(ctx.signal);
      await aborted(copy);
      equal(isCanceled(copy.reason), true);
      close();
    },
    'a copy of a live signal has the cause': async () => {
      const [ctx, cancel] = withCancelCause(background());
      const { copy, close } = await sent(ctx.signal);
      cancel('the user left');
      await aborted(copy);
      equal(copy.reason, (await tellsWhy()) ? 'the user left' : null);
      close();
    },
  },
};
