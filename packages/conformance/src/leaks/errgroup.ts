import { afterFunc, background, type Context, type ContextLike, withCancel } from '@gosync/context';
import { Group, withContext } from '@gosync/errgroup';
import { type Ending, ending, type Track } from './ending.ts';

const parents: readonly (readonly [name: string, make: () => { readonly ctx: ContextLike }])[] = [
  ['a context', () => ({ ctx: withCancel(background())[0] })],
  ['a foreign signal', () => ({ ctx: new AbortController().signal })],
  ['background()', () => ({ ctx: background() })],
];

/** A group of its own below `ctx`, with a limit so that one task is queued. */
function open(track: Track, ctx: ContextLike): Group {
  const [group, below] = withContext(ctx);
  group.setLimit(1);
  track('context', below);
  return track('group', group);
}

// One promise is for all who need not wait, and stays.
const shared: unknown = new Group().wait();

function own<P extends PromiseLike<void>>(track: Track, name: string, promise: P): P {
  return promise === shared ? promise : track(name, promise);
}

function go(track: Track, group: Group, f: () => unknown): void {
  void own(track, 'go', group.go(track('task', f)));
}

const underParents = parents.flatMap(([name, make]): Ending[] => [
  ending(`a group below ${name} that was waited for`, make, async ({ ctx }, track) => {
    const group = open(track, ctx);
    go(track, group, async () => track('result', {}));
    go(track, group, () => track('result', {}));
    if (group.tryGo(track('refused', () => undefined))) throw new Error('no limit');
    await own(track, 'wait', group.wait());
    await own(track, 'wait', group.wait());
  }),
  ending(`a group below ${name} that failed`, make, async ({ ctx }, track) => {
    const group = open(track, ctx);
    for (let i = 0; i < 3; i++) {
      go(track, group, async () => {
        throw track('error', new Error('task'));
      });
    }
    await own(track, 'wait', group.wait()).catch(() => undefined);
  }),
  ending(`a group below ${name} that failed, and nobody waited`, make, ({ ctx }, track) => {
    const group = open(track, ctx);
    // Called synchronously: it has failed when this returns.
    go(track, group, () => {
      throw track('error', new Error('task'));
    });
  }),
  ending(`a group below ${name} that was disposed of`, make, async ({ ctx }, track) => {
    const group = open(track, ctx);
    go(track, group, async () => track('result', {}));
    go(track, group, () => undefined);
    await track('disposal', group[Symbol.asyncDispose]());
  }),
  ending(`a group whose parent below ${name} was canceled`, make, async ({ ctx }, track) => {
    const [parent, cancel] = withCancel(ctx);
    const group = open(track, track('parent', parent));
    go(track, group, async () => undefined);
    go(track, group, async () => undefined);
    cancel();
    await own(track, 'wait', group.wait());
  }),
]);

/** Groups that live on, as a worker pool does. */
const pools: readonly (readonly [name: string, make: () => { readonly group: Group }])[] = [
  ['a group', () => ({ group: new Group() })],
  [
    'a group with a limit',
    () => {
      const group = new Group();
      group.setLimit(2);
      return { group };
    },
  ],
  ['a group with a context', () => ({ group: withContext(background())[0] })],
];

const inPools = pools.flatMap(([name, make]): Ending[] => [
  ending(`a task of ${name}, ended`, make, async ({ group }, track) => {
    const value = track('value', {});
    go(track, group, () => value);
    go(track, group, async () => value);
    go(track, group, async () => {
      await Promise.resolve();
      return value;
    });
    await own(track, 'wait', group.wait());
    track('tried', () => value);
    await own(track, 'wait', group.wait());
  }),
  ending(`a task that ${name} did not take`, make, async ({ group }, track) => {
    const nothing: unknown = track('no function', {});
    const refused: unknown = Reflect.apply(group.go, group, [nothing]);
    await Promise.resolve(refused).catch(() => undefined);
  }),
  ending(
    `an error of ${name} that came after the first`,
    () => {
      const live = make();
      void live.group.go(() => {
        throw new Error('first');
      });
      return live;
    },
    async ({ group }, track) => {
      go(track, group, async () => {
        throw track('error', new Error('later'));
      });
      await own(track, 'wait', group.wait()).catch(() => undefined);
    },
  ),
]);

export const errgroupEndings: readonly Ending[] = [
  ...underParents,
  ...inPools,
  ending(
    'a group below background() that ended without anybody waiting',
    () => ({ ctx: background() }),
    ({ ctx }, track) => {
      const group = open(track, ctx);
      go(track, group, () => track('result', {}));
    },
  ),
  ending(
    'the contexts of tasks that used them and have ended, in a group that lives on',
    () => {
      const [group, ctx] = withContext(background());
      // Runs on, so that the group's context does.
      void group.go(() => new Promise(() => {}));
      return { group, ctx };
    },
    async ({ group }, track) => {
      const uses = [
        async (ctx: Context) => track('signal', ctx.signal),
        (ctx: Context) => track('signal', ctx.signal),
        async (ctx: Context) => {
          await Promise.resolve();
          afterFunc(
            ctx,
            track('callback', () => undefined),
          );
        },
        async (ctx: Context) => withCancel(ctx)[0],
        async () => undefined,
      ];
      for (const use of uses) void group.go((ctx) => use(track('task context', ctx)));
      await Promise.resolve();
    },
  ),
  ending(
    'a task that a limit of zero refuses',
    () => {
      const group = new Group();
      group.setLimit(0);
      return { group };
    },
    async ({ group }, track) => {
      await track('go', group.go(track('task', () => undefined))).then(undefined, () => undefined);
    },
  ),
];
