import {
  afterFunc,
  background,
  type ContextLike,
  from,
  withCancel,
  withTimeout,
} from '@gosync/context';
import { vi } from 'vitest';
import { type Ending, ending } from './ending.ts';
import { nextTask } from './garbage.ts';

const parents: readonly (readonly [name: string, make: () => { readonly ctx: ContextLike }])[] = [
  ['a context', () => ({ ctx: withCancel(background())[0] })],
  ['a foreign signal', () => ({ ctx: new AbortController().signal })],
  ['background()', () => ({ ctx: background() })],
];

const stopped = parents.flatMap(([name, make]): Ending[] => [
  ending(`a callback on ${name}, stopped`, make, ({ ctx }, track) => {
    const thing = track('thing', {});
    const stop = track(
      'stop',
      afterFunc(
        ctx,
        track('callback', () => void thing),
      ),
    );
    if (!stop() || stop()) throw new Error('stopped otherwise than once');
  }),
  ending(`a callback on a child of ${name}, called`, make, ({ ctx }, track) => {
    const [child, cancel] = withCancel(ctx);
    let calls = 0;
    const stop = afterFunc(
      child,
      track('callback', () => calls++),
    );
    track('stop', stop);
    cancel();
    if (calls !== 1 || stop()) throw new Error('not called once');
  }),
]);

/** Catches what callbacks throw, which ends up as uncaught exceptions. */
async function uncaught(f: () => void): Promise<unknown[]> {
  const listeners = process.listeners('uncaughtException');
  const caught: unknown[] = [];
  process.removeAllListeners('uncaughtException');
  process.on('uncaughtException', (error) => caught.push(error));
  f();
  // Node reports what a microtask throws when it has come to it.
  await nextTask();
  process.removeAllListeners('uncaughtException');
  for (const listener of listeners) process.on('uncaughtException', listener);
  return caught;
}

/** A context that lives on after its end, as one does that somebody keeps. */
function kept(): { ctx: ContextLike } {
  return { ctx: from(AbortSignal.abort('done')) };
}

export const callbackEndings: readonly Ending[] = [
  ...stopped,
  ending(
    'a callback on background(), dropped',
    () => ({ root: background() }),
    ({ root }, track) => {
      const thing = track('thing', {});
      track(
        'stop',
        afterFunc(
          root,
          track('callback', () => void thing),
        ),
      );
    },
  ),
  ending(
    'a callback on a context that is done, called in a microtask',
    kept,
    async (live, track) => {
      let calls = 0;
      track(
        'stop',
        afterFunc(
          live.ctx,
          track('callback', () => calls++),
        ),
      );
      await Promise.resolve();
      if (calls !== 1) throw new Error('not called once');
    },
  ),
  ending('a callback on a context that is done, stopped before that', kept, (live, track) => {
    const stop = track(
      'stop',
      afterFunc(
        live.ctx,
        track('callback', () => undefined),
      ),
    );
    if (!stop()) throw new Error('called at once');
  }),
  ending(
    'a callback whose context lives on after its end, called',
    (): { last: ContextLike } => ({ last: background() }),
    (live, track) => {
      const [ctx, cancel] = withCancel(background());
      live.last = ctx;
      const thing = track('thing', {});
      track(
        'stop',
        afterFunc(
          ctx,
          track('callback', () => void thing),
        ),
      );
      cancel();
    },
  ),
  ending(
    'a callback that the deadline has called',
    () => ({ ctx: withCancel(background())[0] }),
    ({ ctx }, track) => {
      const [child] = withTimeout(ctx, 5);
      let calls = 0;
      track(
        'stop',
        afterFunc(
          child,
          track('callback', () => calls++),
        ),
      );
      vi.advanceTimersByTime(5);
      if (calls !== 1) throw new Error('not called once');
    },
  ),
  ending(
    'a callback that throws',
    () => ({ ctx: withCancel(background())[0] }),
    async ({ ctx }, track) => {
      const [child, cancel] = withCancel(ctx);
      const fail = track('callback', () => {
        throw track('error', new Error('callback'));
      });
      track('stop', afterFunc(child, fail));
      const caught = await uncaught(cancel);
      if (caught.length !== 1) throw new Error('not thrown once');
    },
  ),
];
