// A wait on a condition variable, which knows nothing of contexts, that ends with a context.
import { afterFunc, background, cause, type Context, withTimeout } from '@gosync/context';

/** Those who wait, until somebody wakes them all. Go's `sync.Cond` without the lock, which nobody needs here. */
class Cond {
  private wakers: (() => void)[] = [];

  wait(): Promise<void> {
    return new Promise((resolve) => this.wakers.push(resolve));
  }

  broadcast(): void {
    const wakers = this.wakers;
    this.wakers = [];
    for (const wake of wakers) wake();
  }
}

/** Waits until `isMet`, or rejects when `ctx` is done. */
async function waitOn(ctx: Context, cond: Cond, isMet: () => boolean): Promise<void> {
  const stop = afterFunc(ctx, () => cond.broadcast());
  try {
    while (!isMet()) {
      await cond.wait();
      // A broadcast wakes all, also for the end of somebody else's context.
      if (ctx.err) throw cause(ctx);
    }
  } finally {
    stop();
  }
}

const cond = new Cond();

async function waitInVain(): Promise<void> {
  const [ctx, cancel] = withTimeout(background(), 1);
  using _ = cancel;
  await waitOn(ctx, cond, () => false).catch((err: Error) => console.log(err.message));
}

await Promise.all([waitInVain(), waitInVain(), waitInVain(), waitInVain()]);
