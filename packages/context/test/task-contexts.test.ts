import {
  afterFunc,
  background,
  CanceledError,
  cause,
  type Context,
  withCancelCause,
} from '@gosync/context';
import { callContexts, type TaskContexts, taskContexts } from '@gosync/context/internal';
import { describe, expect, it, vi } from 'vitest';

async function drain(): Promise<void> {
  for (let i = 0; i < 10; i++) await Promise.resolve();
}

/** A task that runs until `end` is called, and its context. */
function begin(contexts: TaskContexts, use?: (ctx: Context) => void) {
  const ctx = contexts.begin();
  use?.(ctx);
  const end = new AbortController();
  const task = new Promise((resolve) => end.signal.addEventListener('abort', resolve));
  contexts.endAfter(ctx, task);
  return { ctx, end: () => end.abort() };
}

const live = (): Context => withCancelCause(background())[0];
const makes: readonly (readonly [string, () => TaskContexts])[] = [
  ['taskContexts(background())', () => taskContexts(background())],
  ['taskContexts() of a context', () => taskContexts(live())],
  ['callContexts(background())', () => callContexts(background())],
  ['callContexts() of a context', () => callContexts(live())],
];

describe.each(makes)('%s', (_title, make) => {
  it('ends a context that was used before the task returned its promise', async () => {
    const called = vi.fn<() => void>();
    const { ctx, end } = begin(make(), (own) => afterFunc(own, called));
    await drain();
    expect(ctx.err).toBeUndefined();
    end();
    await drain();
    expect(called).toHaveBeenCalledTimes(1);
    expect(ctx.err?.message).toBe('context canceled');
  });

  it.each<[string, (ctx: Context) => unknown]>([
    ['its signal', ({ signal }) => signal.aborted],
    ['its error', ({ err }) => err !== undefined],
  ])('ends a context of which %s was first used while the task ran', async (_what, use) => {
    const { ctx, end } = begin(make());
    expect(use(ctx)).toBe(false);
    end();
    await drain();
    expect(use(ctx)).toBe(true);
  });

  it('does not end anew a context that had ended before its task did', async () => {
    const [parent, cancel] = withCancelCause(background());
    const { ctx, end } = begin(taskContexts(parent), (own) => own.signal);
    cancel('closed');
    end();
    await drain();
    expect([cause(ctx), ctx.signal.reason]).toEqual(['closed', 'closed']);
  });

  it('ends a context that is first used after the task, a microtask later', async () => {
    const { ctx, end } = begin(make());
    end();
    await drain();
    expect(ctx.signal.aborted).toBe(false);
    await drain();
    expect(ctx.signal.aborted).toBe(true);
  });

  it('ends at once the context of a task that is over', () => {
    const contexts = make();
    const ctx = contexts.begin();
    contexts.end(ctx);
    expect(ctx.err?.message).toBe('context canceled');
  });
});

describe('taskContexts()', () => {
  it('leaves alone contexts that are not those of its tasks', async () => {
    const contexts = taskContexts(background());
    const foreign = { signal: new AbortController().signal, deadline: undefined, err: undefined };
    const other = { ...foreign, value: () => undefined };
    contexts.endAfter(other, Promise.resolve());
    contexts.endAfter(background(), Promise.resolve());
    await drain();
    expect(foreign.signal.aborted).toBe(false);
    expect(background().err).toBeUndefined();
  });
});

const used: readonly (readonly [string, (ctx: Context) => void])[] = [
  ['was used', (ctx) => void ctx.signal],
  ['was not used', () => {}],
];

it('gives all tasks that are over one and the same error', () => {
  const contexts = taskContexts(background());
  const tasks = [contexts.begin(), contexts.begin()];
  for (const ctx of tasks) {
    void ctx.signal;
    contexts.end(ctx);
  }
  expect(tasks[0]?.err).toBeInstanceOf(CanceledError);
  expect(tasks[1]?.err).toBe(tasks[0]?.err);
});

it('ends a task whatever the program makes of stacks', () => {
  const prepare: unknown = Reflect.get(Error, 'prepareStackTrace');
  try {
    Reflect.set(Error, 'prepareStackTrace', () => {
      throw new Error('no stack');
    });
    const contexts = taskContexts(background());
    const ctx = contexts.begin();
    contexts.end(ctx);
    expect(ctx.err).toBeInstanceOf(CanceledError);
  } finally {
    Reflect.set(Error, 'prepareStackTrace', prepare);
  }
});

describe.each(used)('callContexts(), when the context of a task %s', (_title, use) => {
  it('ends those of its tasks by cancel, for the reason that is given first', () => {
    const contexts = callContexts(background());
    const ctx = contexts.begin();
    use(ctx);
    expect(contexts.doneAbove()).toBeUndefined();
    contexts.cancel('full');
    contexts.cancel('late');
    expect([cause(ctx), ctx.signal.reason, contexts.doneAbove()?.reason]).toEqual(
      Array(3).fill('full'),
    );
  });

  it('keeps to the end of the parent when that came first', () => {
    const [parent, cancel] = withCancelCause(background());
    const contexts = callContexts(parent);
    const ctx = contexts.begin();
    use(ctx);
    cancel('closed');
    contexts.cancel('late');
    expect([cause(ctx), ctx.signal.reason, contexts.doneAbove()?.reason]).toEqual(
      Array(3).fill('closed'),
    );
  });

  it('does not change when the parent ends later', () => {
    const [parent, cancel] = withCancelCause(background());
    const contexts = callContexts(parent);
    const ctx = contexts.begin();
    use(ctx);
    contexts.cancel('full');
    cancel('closed');
    expect([cause(ctx), ctx.signal.reason, contexts.doneAbove()?.reason]).toEqual(
      Array(3).fill('full'),
    );
  });

  it('leaves a task that had ended with its own end', () => {
    const contexts = callContexts(background());
    const ctx = contexts.begin();
    use(ctx);
    contexts.end(ctx);
    contexts.cancel('full');
    expect([ctx.err?.message, cause(ctx)]).toEqual(['context canceled', ctx.err]);
  });

  it('calls what waits for it when it ends, and ends what begins later', () => {
    const contexts = callContexts(background());
    const ctx = contexts.begin();
    use(ctx);
    const called = vi.fn<() => void>();
    afterFunc(ctx, called);
    contexts.cancel('full');
    expect(called).toHaveBeenCalledTimes(1);
    expect(cause(contexts.begin())).toBe('full');
  });
});
