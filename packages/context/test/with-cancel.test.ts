import { describe, expect, it } from 'vitest';
import {
  CanceledError,
  background,
  cause,
  from,
  withCancel,
  withCancelCause,
  withDeadline,
  withValue,
} from '@gosync/context';
import { WrappingContext } from './foreign-context.ts';

describe('withCancel()', () => {
  it('is done when its cancel function has been called, and not before [go: TestWithCancel]', () => {
    const [ctx, cancel] = withCancel(background());
    const wrapped = new WrappingContext(ctx);
    const [child] = withCancel(wrapped);
    expect(String(ctx)).toBe('context.Background.WithCancel');
    for (const { err, signal } of [ctx, wrapped, child]) {
      expect(err).toBeUndefined();
      expect(signal.aborted).toBe(false);
    }
    cancel();
    for (const { err, signal } of [ctx, wrapped, child]) {
      expect(err).toBeInstanceOf(CanceledError);
      expect(signal.aborted).toBe(true);
    }
  });

  it('is done at birth under a parent that is done, with its error and cause [go: TestWithCancelCanceledParent]', () => {
    const [parent, cancel] = withCancelCause(background());
    const reason = new Error('because');
    cancel(reason);
    const [child] = withCancel(parent);
    expect(child.signal.aborted).toBe(true);
    expect(child.err).toBe(parent.err);
    expect(cause(child)).toBe(reason);
    expect(child.signal.reason).toBe(reason);
  });

  it('is done when its parent is canceled in a task that was under way [go: TestWithCancelSimultaneouslyCanceledParent]', async () => {
    const reason = new Error('because');
    for (let i = 0; i < 100; i++) {
      const [parent, cancel] = withCancelCause(background());
      queueMicrotask(() => cancel(reason));
      const [child] = withCancel(parent);
      await new Promise((resolve) => child.signal.addEventListener('abort', resolve));
      expect(child.err).toBeInstanceOf(CanceledError);
      expect(cause(child)).toBe(reason);
    }
  });

  it('keeps the error of the first cancel', () => {
    const [ctx, cancel] = withCancel(background());
    cancel();
    const { err } = ctx;
    cancel();
    expect(ctx.err).toBe(err);
    expect(cause(ctx)).toBe(err);
  });

  it('takes no cause from whoever calls cancel with arguments', () => {
    const [ctx, cancel] = withCancel(background());
    ['an item'].forEach(cancel);
    expect(cause(ctx)).toBe(ctx.err);
    expect(ctx.err).not.toHaveProperty('cause');
  });

  it('leaves its parent and its siblings alone when it is canceled', () => {
    const [parent] = withCancel(background());
    const [sibling] = withCancel(parent);
    const [, cancel] = withCancel(parent);
    cancel();
    expect(parent.err).toBeUndefined();
    expect(parent.signal.aborted).toBe(false);
    expect(sibling.err).toBeUndefined();
  });

  it('takes a signal, and anything that has one, as its parent', () => {
    const controller = new AbortController();
    const request = new Request('https://example.com', { signal: controller.signal });
    const children = [
      withCancel(controller.signal)[0],
      withCancel({ signal: controller.signal })[0],
      withCancel(request)[0],
    ];
    for (const child of children) expect(child.err).toBeUndefined();
    controller.abort('gone');
    for (const child of children) expect(cause(child)).toBe('gone');
  });

  it('throws a TypeError for a parent that is nothing, as everything that derives does [go: TestInvalidDerivedFail]', () => {
    const nothing = /^context: cannot create context from nil parent: /;
    // @ts-expect-error -- a caller without types
    expect(() => withCancel(undefined)).toThrow(nothing);
    // @ts-expect-error -- a caller without types
    expect(() => withDeadline(null, Date.now())).toThrow(nothing);
    // @ts-expect-error -- a caller without types
    expect(() => withValue(undefined, 'foo', 'bar')).toThrow(TypeError);
    // @ts-expect-error -- a caller without types
    expect(() => withCancelCause(undefined)).toThrow(TypeError);
    // @ts-expect-error -- a caller without types
    expect(() => cause(undefined)).toThrow(TypeError);
    // @ts-expect-error -- a caller without types
    expect(() => from(null)).toThrow(TypeError);
  });
});

describe('withCancelCause()', () => {
  it('makes what cancel was given the cause, the reason, and the cause of the error', () => {
    const [ctx, cancel] = withCancelCause(background());
    const reason = new Error('overload');
    cancel(reason);
    expect(cause(ctx)).toBe(reason);
    expect(ctx.signal.reason).toBe(reason);
    expect(ctx.err).toBeInstanceOf(CanceledError);
    expect(ctx.err?.cause).toBe(reason);
  });

  it.each([null, false, 0, NaN, '', Symbol('reason')])('takes %o for a cause', (reason) => {
    const [ctx, cancel] = withCancelCause(background());
    cancel(reason);
    expect(cause(ctx)).toBe(reason);
    expect(ctx.signal.reason).toBe(reason);
    expect(ctx.err).toHaveProperty('cause', reason);
  });

  it('has its error for a cause when cancel is given nothing, or undefined', () => {
    const [plain, cancelPlain] = withCancelCause(background());
    const [ctx, cancel] = withCancelCause(background());
    cancelPlain();
    cancel(undefined);
    for (const { err, signal } of [plain, ctx]) {
      expect(err).toBeInstanceOf(CanceledError);
      expect(signal.reason).toBe(err);
      expect(err).not.toHaveProperty('cause');
    }
    expect(cause(ctx)).toBe(ctx.err);
  });

  it('keeps the cause of the first cancel', () => {
    const [ctx, cancel] = withCancelCause(background());
    cancel('first');
    const { err } = ctx;
    cancel('second');
    expect(cause(ctx)).toBe('first');
    expect(ctx.err).toBe(err);
  });

  it('says what it is', () => {
    expect(String(withCancelCause(background())[0])).toBe('context.Background.WithCancel');
  });
});
