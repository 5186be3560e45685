import { describe, expect, it } from 'vitest';
import {
  CanceledError,
  type Context,
  afterFunc,
  background,
  cause,
  from,
  withCancel,
  withCancelCause,
  withTimeout,
  withValue,
} from '@gosync/context';
import { taskContexts } from '@gosync/context/internal';
import { countControllers } from './controllers.ts';
import { ForeignContext } from './foreign-context.ts';

/** What makes a task's context more than one small object. */
const uses: readonly (readonly [string, (ctx: Context) => unknown])[] = [
  ['nothing', () => {}],
  ['its error', (ctx) => ctx.err],
  ['its cause', (ctx) => cause(ctx)],
  ['its signal', (ctx) => ctx.signal],
  ['its text', (ctx) => String(ctx)],
  ['a value', (ctx) => ctx.value('key')],
  ['a child', (ctx) => withCancel(ctx)],
  ['a callback', (ctx) => afterFunc(ctx, () => {})],
];

describe.each(uses)('a context of taskContexts(), of which %s was used', (_, use) => {
  it('is a child of its parent', () => {
    const [parent] = withTimeout(withValue(background(), 'key', 1), 3_600_000);
    const contexts = taskContexts(parent);
    const ctx = contexts.begin();
    use(ctx);
    expect(ctx.err).toBeUndefined();
    expect(ctx.deadline).toBe(parent.deadline);
    expect(ctx.value('key')).toBe(1);
    expect(String(ctx)).toMatch(/WithValue\(key\)\.WithDeadline\(.*\)\.WithCancel$/);
    expect(ctx.signal).not.toBe(parent.signal);
    expect(from(ctx)).toBe(ctx);
    expect(from(ctx.signal)).toBe(ctx);
  });

  it('ends with its parent, with its error and cause', () => {
    const [parent, cancel] = withCancelCause(background());
    const contexts = taskContexts(parent);
    const ctx = contexts.begin();
    use(ctx);
    cancel('over');
    expect(ctx.err).toBe(parent.err);
    expect(cause(ctx)).toBe('over');
    expect(ctx.signal.reason).toBe('over');
    contexts.end(ctx);
    expect(ctx.err).toBe(parent.err);
  });

  it('is canceled by end(), which its parent and the next task do not notice', () => {
    const [parent, cancel] = withCancelCause(background());
    const contexts = taskContexts(parent);
    const ctx = contexts.begin();
    const next = contexts.begin();
    use(ctx);
    contexts.end(ctx);
    contexts.end(ctx);
    const { err } = ctx;
    expect(err).toBeInstanceOf(CanceledError);
    expect(ctx.err).toBe(err);
    expect(cause(ctx)).toBe(err);
    expect(ctx.signal.reason).toBe(err);
    expect(from(ctx.signal)).toBe(ctx);
    expect([parent.err, next.err]).toEqual([undefined, undefined]);
    cancel('later');
    expect(ctx.err).toBe(err);
    expect(cause(next)).toBe('later');
    expect(next.err).not.toBe(err);
  });

  it('ends what hangs on it', () => {
    const contexts = taskContexts(background());
    const ctx = contexts.begin();
    use(ctx);
    const calls: string[] = [];
    afterFunc(ctx, () => calls.push('callback'));
    ctx.signal.addEventListener('abort', () => calls.push('listener'));
    const [child] = withCancel(ctx);
    contexts.end(ctx);
    expect(calls).toEqual(['callback', 'listener']);
    expect(child.err).toBe(ctx.err);
  });
});

describe('taskContexts()', () => {
  it('takes a parent of any kind', () => {
    const controller = new AbortController();
    const foreign = new ForeignContext({ values: [['key', 'value']] });
    const tasks = [taskContexts(controller.signal).begin(), taskContexts(foreign).begin()];
    expect(tasks[1]?.value('key')).toBe('value');
    controller.abort('over');
    foreign.cancel(new CanceledError(), 'over');
    expect(tasks.map((ctx) => cause(ctx))).toEqual(['over', 'over']);
    // @ts-expect-error -- a caller without types
    expect(() => taskContexts(undefined)).toThrow(TypeError);
  });

  it('may be the parent of another', () => {
    const contexts = taskContexts(background());
    const outer = contexts.begin();
    const inner = taskContexts(outer).begin();
    contexts.end(outer);
    expect(inner.err).toBe(outer.err);
  });

  it('makes no controller by itself', () => {
    const made = countControllers();
    const contexts = taskContexts(background());
    const ctx = contexts.begin();
    contexts.end(ctx);
    expect(ctx.err).toBeInstanceOf(CanceledError);
    expect(made()).toBe(0);
  });
});

describe('TaskContexts.end()', () => {
  it('leaves contexts alone that are none of a task', () => {
    const contexts = taskContexts(background());
    contexts.end(background());
    contexts.end(new ForeignContext());
    expect(background().err).toBeUndefined();
  });
});
