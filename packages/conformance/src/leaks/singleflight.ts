import {
  background,
  type Context,
  type ContextLike,
  withCancel,
  withCancelCause,
  withValue,
} from '@gosync/context';
import { Group } from '@gosync/singleflight';
import { type Ending, ending, type Track } from './ending.ts';

interface Live {
  readonly group: Group<object, object>;
  readonly ctx: ContextLike;
}

const contexts: readonly (readonly [name: string, make: () => Live])[] = [
  ['a context', () => ({ group: new Group(), ctx: withCancel(background())[0] })],
  ['a foreign signal', () => ({ group: new Group(), ctx: new AbortController().signal })],
  ['background()', () => ({ group: new Group(), ctx: background() })],
];

/** Calls in every way, for the same key. */
function call(
  track: Track,
  { group, ctx }: Live,
  key: object,
  f: (ctx?: Context) => object | Promise<object>,
): Promise<unknown>[] {
  const tracked = track('function', (own?: Context) => {
    if (own) track('own context', own);
    return f(own);
  });
  return [
    track('doContext', group.doContext(ctx, key, tracked)),
    track('do', group.do(key, tracked)),
    track('doChan', group.doChan(key, tracked)),
    track('doContext', group.doContext(ctx, key, tracked)),
  ];
}

/** A function that never ends. Whoever waits for it must not be kept by it. */
function endless(track: Track): () => Promise<never> {
  return track('function', () => track('promise', new Promise(() => undefined)));
}

const underContexts = contexts.flatMap(([name, make]): Ending[] => [
  ending(`a call under ${name} that returned`, make, async (live, track) => {
    const key = track('key', {});
    await Promise.all(call(track, live, key, async () => track('value', {})));
  }),
  ending(`a call under ${name} that returned synchronously`, make, async (live, track) => {
    await Promise.all(call(track, live, track('key', {}), () => track('value', {})));
  }),
  ending(`a call under ${name} that failed`, make, async (live, track) => {
    const calls = call(track, live, track('key', {}), async () => {
      throw track('error', new Error('call'));
    });
    await Promise.allSettled(calls);
  }),
  ending(`a call under ${name} that threw synchronously`, make, async (live, track) => {
    const calls = call(track, live, track('key', {}), () => {
      throw track('error', new Error('call'));
    });
    await Promise.allSettled(calls);
  }),
  ending(`a call under ${name} that was forgotten and returned`, make, async (live, track) => {
    const key = track('key', {});
    const calls = call(track, live, key, async () => track('value', {}));
    live.group.forget(key);
    await Promise.all(calls);
  }),
  ending(
    `a call below ${name} that all have left, and that never ends`,
    make,
    async (live, track) => {
      const [ctx, cancel] = withCancelCause(withValue(live.ctx, 'key', track('value', {})));
      const key = track('key', {});
      const leaver = live.group.doContext(track('child', ctx), key, endless(track));
      cancel(track('cause', {}));
      await track('doContext', leaver).catch(() => undefined);
    },
  ),
  ending(
    `a caller below ${name} that came when its context was done`,
    make,
    async (live, track) => {
      const [ctx, cancel] = withCancelCause(live.ctx);
      cancel(track('cause', {}));
      const refused = live.group.doContext(track('child', ctx), track('key', {}), endless(track));
      await track('doContext', refused).catch(() => undefined);
    },
  ),
  ending(
    `a caller below ${name} that left, while another stays in a call that never ends`,
    () => {
      const live = make();
      const key = {};
      return {
        ...live,
        key,
        stays: live.group.doContext(live.ctx, key, () => new Promise(() => undefined)),
      };
    },
    async ({ group, ctx: parent, key }, track) => {
      const [ctx, cancel] = withCancelCause(parent);
      const leaver = group.doContext(track('child', ctx), key, endless(track));
      cancel(track('cause', {}));
      await track('doContext', leaver).catch(() => undefined);
    },
  ),
]);

export const singleflightEndings: readonly Ending[] = [
  ...underContexts,
  ending(
    'a call that was forgotten and never ends',
    () => ({ group: new Group<object, object>() }),
    ({ group }, track) => {
      const key = track('key', {});
      void track('do', group.do(key, endless(track)));
      group.forget(key);
    },
  ),
  ending(
    'a caller with a foreign signal of its own, aborted',
    () => ({ group: new Group<object, object>() }),
    async ({ group }, track) => {
      const controller = new AbortController();
      const signal = track('signal', controller.signal);
      const leaver = group.doContext(signal, track('key', {}), endless(track));
      controller.abort(track('reason', {}));
      await track('doContext', leaver).catch(() => undefined);
    },
  ),
  ending(
    'what is no function, or no context',
    () => ({ group: new Group<object, object>() }),
    async ({ group }, track) => {
      const thing = track('thing', {});
      const refused: unknown[] = [
        Reflect.apply(group.do, group, [thing, thing]),
        Reflect.apply(group.doContext, group, [thing, thing, endless(track)]),
      ];
      await Promise.allSettled(refused);
    },
  ),
];
