import { afterFunc, background, type Context, withCancel } from '@gosync/context';
import { taskContexts } from '@gosync/context/internal';
import { describe, expect, it, vi } from 'vitest';

async function drain(): Promise<void> {
  for (let i = 0; i < 10; i++) await Promise.resolve();
}

/** A task that runs until `end` is called, and its context. */
function begin(parent: Context, use?: (ctx: Context) => void) {
  const contexts = taskContexts(parent);
  const ctx = contexts.begin();
  use?.(ctx);
  const end = new AbortController();
  const task = new Promise((resolve) => end.signal.addEventListener('abort', resolve));
  contexts.endAfter(ctx, task);
  return { ctx, end: () => end.abort() };
}

const parents: readonly (readonly [string, () => Context])[] = [
  ['background()', background],
  ['a context', () => withCancel(background())[0]],
];

describe.each(parents)('taskContexts() below %s', (_title, parent) => {
  it('ends a context that was used before the task returned its promise', async () => {
    const called = vi.fn<() => void>();
    const { ctx, end } = begin(parent(), (own) => afterFunc(own, called));
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
    const { ctx, end } = begin(parent());
    expect(use(ctx)).toBe(false);
    end();
    await drain();
    expect(use(ctx)).toBe(true);
  });

  it('ends a context that is first used after the task, a microtask later', async () => {
    const { ctx, end } = begin(parent());
    end();
    await drain();
    expect(ctx.signal.aborted).toBe(false);
    await drain();
    expect(ctx.signal.aborted).toBe(true);
  });

  it('ends at once the context of a task that is over', () => {
    const contexts = taskContexts(parent());
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
