import { background, type ContextLike, withCancel } from '@gosync/context';
import { Weighted } from '@gosync/semaphore';
import { all, allSettled, any, map, stream } from '@gosync/tasks';
import { type Ending, ending, type Track } from './ending.ts';

const parents: readonly (readonly [name: string, make: () => { readonly ctx: ContextLike }])[] = [
  ['a context', () => ({ ctx: withCancel(background())[0] })],
  ['a foreign signal', () => ({ ctx: new AbortController().signal })],
  ['background()', () => ({ ctx: background() })],
];

async function rejection(promise: Promise<unknown>): Promise<void> {
  await promise.catch(() => undefined);
}

/** A task that uses its context, so that this is made. */
function work(track: Track) {
  return track('task', async (ctx: { readonly signal: AbortSignal }) => {
    track('context', ctx);
    track('signal', ctx.signal);
    await Promise.resolve();
    return track('result', {});
  });
}

function failure(track: Track) {
  return async (): Promise<never> => {
    await Promise.resolve();
    throw track('error', new Error('task'));
  };
}

async function* slowly(track: Track): AsyncGenerator<object> {
  for (let i = 0; i < 3; i++) yield track('item', {});
}

export const tasksEndings: readonly Ending[] = parents.flatMap(([name, make]): Ending[] => [
  ending(`all() below ${name}`, make, async ({ ctx }, track) => {
    await track('call', all(ctx, [work(track), work(track)]));
    await track('call', all(ctx, { a: work(track) }, { limit: 1 }));
  }),
  ending(`all() below ${name} that failed`, make, async ({ ctx }, track) => {
    await rejection(track('call', all(ctx, [work(track), failure(track)])));
  }),
  ending(`allSettled() below ${name}`, make, async ({ ctx }, track) => {
    await track('call', allSettled(ctx, [work(track), failure(track)]));
  }),
  ending(`any() below ${name}`, make, async ({ ctx }, track) => {
    await track('call', any(ctx, [failure(track), work(track), work(track)]));
    await rejection(track('call', any(ctx, [failure(track)], { stagger: 60_000 })));
    await track('call', any(ctx, [work(track), work(track)], { stagger: 60_000 }));
  }),
  ending(`map() below ${name}`, make, async ({ ctx }, track) => {
    const semaphore = new Weighted(1);
    await track('call', map(ctx, slowly(track), work(track), { semaphore }));
    await track('call', map(ctx, [track('item', {})], work(track), { limit: 1, settle: true }));
  }),
  ending(`map() below ${name} that failed`, make, async ({ ctx }, track) => {
    await rejection(track('call', map(ctx, slowly(track), failure(track), { limit: 1 })));
  }),
  ending(`stream() below ${name} that was read`, make, async ({ ctx }, track) => {
    const results = track('stream', stream(ctx, slowly(track), work(track), { limit: 2 }));
    for await (const _ of results);
  }),
  ending(`stream() below ${name} that was left`, make, async ({ ctx }, track) => {
    const results = track('stream', stream(ctx, slowly(track), work(track), { limit: 2 }));
    for await (const _ of results) break;
  }),
  ending(`stream() below ${name} that failed`, make, async ({ ctx }, track) => {
    const results = track('stream', stream(ctx, slowly(track), failure(track), { limit: 2 }));
    await rejection(track('read', results.next()));
  }),
  ending(`stream() below ${name} that nobody has read`, make, ({ ctx }, track) => {
    track('stream', stream(ctx, slowly(track), work(track), { limit: 2 }));
  }),
]);
