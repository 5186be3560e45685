import {
  background,
  type Context,
  type ContextLike,
  withCancel,
  withCancelCause,
  withTimeout,
} from '@gosync/context';
import { Keyed, Weighted } from '@gosync/semaphore';
import { vi } from 'vitest';
import { type Ending, ending, type Track } from './ending.ts';

interface Live {
  /** All its units are held. */
  readonly sem: Weighted;
  /** Lives on; whoever waits under it, or below it, is gone all the same. */
  readonly ctx: ContextLike;
}

const contexts: readonly (readonly [name: string, make: () => Live])[] = [
  ['a context', () => ({ sem: full(), ctx: withCancel(background())[0] })],
  ['a foreign signal', () => ({ sem: full(), ctx: new AbortController().signal })],
  ['background()', () => ({ sem: full(), ctx: background() })],
];

function full(): Weighted {
  const sem = new Weighted(1);
  sem.tryAcquire();
  return sem;
}

const free: unknown = new Weighted(1).acquire();

/** The three ways to wait, each with its promise tracked. */
function wait(track: Track, { sem, ctx }: Live, n = 1): Promise<unknown>[] {
  const f = track('function', () => track('result', {}));
  const acquire = sem.acquire(ctx, n);
  return [
    // One promise is for all who need not wait, and stays.
    acquire === free ? acquire : track('acquire', acquire),
    track('permit', sem.permit(ctx, n)),
    track('run', sem.run(ctx, n, f)),
  ];
}

async function rejections(waits: readonly Promise<unknown>[]): Promise<void> {
  for (const { status } of await Promise.allSettled(waits)) {
    if (status !== 'rejected') throw new Error(`${status}, not rejected`);
  }
}

/** Waits under a child of the living context, whose end `stop` brings about. */
async function waitBelow(
  live: Live,
  track: Track,
  n: number,
  derive: (parent: ContextLike) => readonly [Context, () => void],
): Promise<void> {
  const [ctx, stop] = derive(live.ctx);
  track('child', ctx);
  const waits = wait(track, { sem: live.sem, ctx }, n);
  stop();
  await rejections(waits);
}

function canceled(parent: ContextLike): readonly [Context, () => void] {
  const [ctx, cancel] = withCancelCause(parent);
  return [ctx, () => cancel({ name: 'cause' })];
}

function timedOut(parent: ContextLike): readonly [Context, () => void] {
  const [ctx] = withTimeout(parent, 5);
  return [ctx, () => void vi.advanceTimersByTime(5)];
}

const underContexts = contexts.flatMap(([name, make]): Ending[] => [
  ending(`a waiter under ${name}, granted by a release`, make, async (live, track) => {
    const [acquire, permit, run] = wait(track, live);
    live.sem.release();
    await acquire;
    live.sem.release();
    track('permit held', Object(await permit)).release();
    await run;
    if (!live.sem.tryAcquire()) throw new Error('units were lost');
  }),
  ending(`a waiter below ${name}, canceled`, make, (live, track) =>
    waitBelow(live, track, 1, canceled),
  ),
  ending(`a waiter below ${name}, too late`, make, (live, track) =>
    waitBelow(live, track, 1, timedOut),
  ),
  ending(`a request for too much below ${name}, canceled`, make, (live, track) =>
    waitBelow(live, track, 2, canceled),
  ),
  ending(`a request for too much below ${name}, too late`, make, (live, track) =>
    waitBelow(live, track, 2, timedOut),
  ),
  ending(`a request below ${name} that came when its context was done`, make, (live, track) => {
    const [ctx, stop] = canceled(live.ctx);
    stop();
    return rejections(wait(track, { sem: live.sem, ctx }));
  }),
  ending(`a request that is none, under ${name}`, make, (live, track) =>
    rejections(wait(track, live, -1)),
  ),
  ending(`a waiter under ${name}, let in when the one in front left`, make, async (live, track) => {
    const [ctx, cancel] = withCancel(live.ctx);
    const front = track('front', live.sem.acquire(ctx, 1));
    const behind = track('behind', live.sem.acquire(live.ctx, 0));
    cancel();
    await rejections([front]);
    await behind;
  }),
  ending(
    `a waiter below ${name} whose context ended after the grant`,
    make,
    async (live, track) => {
      const [ctx, cancel] = withCancel(live.ctx);
      const waiting = track('acquire', live.sem.acquire(track('child', ctx)));
      live.sem.release();
      cancel();
      await waiting;
    },
  ),
  ending(`a waiter under ${name}, granted by a larger size`, make, async (live, track) => {
    const [acquire, permit, run] = wait(track, live);
    live.sem.resize(3);
    await acquire;
    live.sem.resize(4);
    track('permit held', Object(await permit));
    await run;
    live.sem.release(2);
    live.sem.resize(1);
  }),
  ending(`a waiter below ${name} that became too large, canceled`, make, async (live, track) => {
    const [ctx, stop] = canceled(live.ctx);
    const waits = wait(track, { sem: live.sem, ctx: track('child', ctx) });
    live.sem.resize(0);
    stop();
    await rejections(waits);
    live.sem.resize(1);
  }),
  ending(
    `a key waited for below ${name}, canceled or granted`,
    () => ({ ...make(), keyed: new Keyed<object>(1) }),
    async ({ ctx, keyed }, track) => {
      const key = track('key', {});
      const [child, stop] = canceled(ctx);
      const permit = keyed.tryPermit(key);
      const waits = [track('permit', keyed.permit(child, key)), keyed.run(child, key, 2, () => {})];
      const granted = track(
        'run',
        keyed.run(
          ctx,
          key,
          track('function', () => track('result', {})),
        ),
      );
      stop();
      await rejections(waits);
      permit?.release();
      await granted;
      if (keyed.keys > 0) throw new Error('a key is left');
    },
  ),
  ending(
    `a request under ${name} that need not wait`,
    () => ({ ...make(), sem: new Weighted(3) }),
    async (live, track) => {
      const [acquire, permit, run] = wait(track, live);
      await acquire;
      live.sem.release();
      const held = track('permit held', Object(await permit));
      held.release();
      held[Symbol.dispose]();
      await run;
      if (live.sem.available !== 3) throw new Error('units were lost');
    },
  ),
]);

export const semaphoreEndings: readonly Ending[] = [
  ...underContexts,
  ending(
    'a waiter under a foreign signal of its own, aborted',
    () => ({ sem: full() }),
    async ({ sem }, track) => {
      const controller = new AbortController();
      const ctx = track('signal', controller.signal);
      const waits = wait(track, { sem, ctx });
      controller.abort(track('reason', {}));
      await rejections(waits);
    },
  ),
  ending(
    'a request for more than there ever is, which nothing can end',
    () => ({ sem: full(), ctx: background() }),
    (live, track) => rejections(wait(track, live, 2)),
  ),
  ending(
    'a function that throws, or rejects',
    () => ({ sem: new Weighted(2), ctx: withCancel(background())[0] }),
    async ({ sem, ctx }, track) => {
      const fail = track('function', (): never => {
        throw track('error', new Error('task'));
      });
      await rejections([
        track('run', sem.run(fail)),
        track(
          'run',
          sem.run(ctx, 2, async () => fail()),
        ),
      ]);
    },
  ),
  ending(
    'a permit that was tried for, and dropped',
    () => ({ sem: new Weighted(0) }),
    ({ sem }, track) => {
      track('permit', sem.tryPermit(0) ?? {});
    },
  ),
];
