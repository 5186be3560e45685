import { describe, expect, it } from 'vitest';
import {
  CanceledError,
  DeadlineExceededError,
  afterFunc,
  background,
  cause,
  from,
  withCancel,
  withCancelCause,
  withTimeout,
  withValue,
} from '@gosync/context';
import { DependentContext, ForeignContext, WrappingContext } from './foreign-context.ts';

const veryLong = 3_600_000_000;

describe('a Context of another make', () => {
  it('ends its child, whose cause is that of the nearest signal [go: TestCustomContextPropagation]', () => {
    const [ctx1, cancel1] = withCancelCause(background());
    const ctx2 = new DependentContext(ctx1);
    const [ctx3] = withCancel(ctx2);
    const reason = new Error('propagated');
    cancel1(reason);
    expect(ctx3.err).toBeInstanceOf(CanceledError);
    expect(ctx3.err).toBe(ctx1.err);
    expect(cause(ctx3)).toBe(reason);
  });

  it('has its error for a cause when it is canceled by itself [go: TestCustomContextCause]', () => {
    const ctx = new ForeignContext();
    ctx.cancel();
    expect(cause(ctx)).toBe(ctx.err);
    expect(from(ctx).err).toBe(ctx.err);
  });

  it('is untouched when a child of it is canceled with a cause [go: TestCustomContextCause]', () => {
    const parent = new ForeignContext();
    const [child, cancel] = withCancelCause(parent);
    cancel('child only');
    expect(child.err).toBeInstanceOf(CanceledError);
    expect(cause(child)).toBe('child only');
    expect(parent.err).toBeUndefined();
    expect(cause(parent)).toBeUndefined();

    parent.cancel();
    expect(child.err).not.toBe(parent.err);
    expect(cause(child)).toBe('child only');
    expect(cause(parent)).toBe(parent.err);
  });

  it('may cancel its child by hand when it is done [go: TestCustomContextCause]', () => {
    const parent = new ForeignContext();
    const [child, cancelChild] = withCancel(parent);
    parent.signal.addEventListener('abort', () => cancelChild());
    parent.cancel();
    expect(child.err).toBe(parent.err);
    expect(cause(child)).toBe(parent.err);
  });

  it('ends a child by canceling [go: TestCustomContextAfterFuncCancel]', () => {
    const parent = new ForeignContext();
    const [child] = withCancel(parent);
    parent.cancel();
    expect(child.signal.aborted).toBe(true);
    expect(child.err).toBe(parent.err);
  });

  it('ends a child with a deadline by canceling [go: TestCustomContextAfterFuncTimeout]', () => {
    const parent = new ForeignContext();
    const [child] = withTimeout(parent, veryLong);
    parent.cancel();
    expect(child.signal.aborted).toBe(true);
    expect(child.err).toBe(parent.err);
  });

  it('calls back when it is done [go: TestCustomContextAfterFuncAfterFunc]', () => {
    const parent = new ForeignContext();
    let called = 0;
    afterFunc(parent, () => called++);
    expect(called).toBe(0);
    parent.cancel();
    expect(called).toBe(1);
  });

  it('hands its error and its cause down, if they differ', () => {
    const parent = new ForeignContext();
    const [child] = withCancel(parent);
    const err = new DeadlineExceededError({ cause: 'slow' });
    parent.cancel(err, 'slow');
    for (const ctx of [child, withCancel(parent)[0], from(parent)]) {
      expect(ctx.err).toBe(err);
      expect(cause(ctx)).toBe('slow');
    }
    expect(child.signal.reason).toBe('slow');
  });

  it('hands its error down also when its signal was known before it', () => {
    const parent = new ForeignContext({ deadline: 8.64e15 });
    const [fromSignal] = withCancel(parent.signal);
    const [child] = withCancel(parent);
    const err = new DeadlineExceededError({ cause: 'slow' });
    parent.cancel(err, 'slow');
    expect(child.err).toBe(err);
    expect(fromSignal.err).toBe(err);
    expect(cause(fromSignal)).toBe('slow');
    expect(child.deadline).toBe(8.64e15);
    expect(fromSignal.deadline).toBeUndefined();
  });

  it('hands its error down when it was done before', () => {
    const parent = new ForeignContext();
    const err = new DeadlineExceededError();
    parent.cancel(err, 'reason');
    const [child] = withCancel(parent);
    expect(child.err).toBe(err);
    expect(cause(child)).toBe('reason');
  });

  it('is judged by its reason when it has no error', () => {
    const parent = new ForeignContext();
    const [child] = withCancel(parent);
    const reason = new DOMException('too late', 'TimeoutError');
    parent.abort(reason);
    expect(child.err).toBeInstanceOf(DeadlineExceededError);
    expect(child.err?.cause).toBe(reason);
    expect(cause(child)).toBe(reason);
  });

  it('shows its deadline and values through whatever is derived from it', () => {
    const parent = new ForeignContext({ deadline: 8.64e15, values: [['key', 'value'] as const] });
    const [child] = withCancel(parent);
    const ctx = withValue(child, 'other', 1);
    expect(ctx.deadline).toBe(8.64e15);
    expect(ctx.value('key')).toBe('value');
    expect(withValue(parent, 'other', 1).deadline).toBe(8.64e15);
    expect(from(parent).value('key')).toBe('value');
    expect(from(parent).deadline).toBe(8.64e15);
    expect(from(parent).signal).toBe(parent.signal);
  });

  it('shows our error and signal when it wraps a context of ours', () => {
    const [ctx, cancel] = withCancel(background());
    const wrapped = new WrappingContext(ctx);
    const [child] = withCancel(wrapped);
    const adopted = from(wrapped);
    expect(adopted.signal).toBe(ctx.signal);
    expect(adopted.err).toBeUndefined();
    cancel();
    expect(adopted.err).toBe(ctx.err);
    expect(child.err).toBe(ctx.err);
    expect(cause(wrapped)).toBe(ctx.err);
  });

  it('describes itself in the chain', () => {
    expect(String(from(new ForeignContext()))).toBe('foreign');
    const [ctx] = withCancel(new WrappingContext(background()));
    expect(String(ctx)).toBe('wrapped(context.Background).WithCancel');
  });

  it('may wrap one that can never end', () => {
    const [child, cancel] = withCancel(new WrappingContext(withValue(background(), 'key', 1)));
    expect(child.value('key')).toBe(1);
    expect(afterFunc(new WrappingContext(background()), () => {})()).toBe(true);
    expect(from(new WrappingContext(background())).signal).toBe(background().signal);
    cancel();
    expect(child.err).toBeInstanceOf(CanceledError);
  });

  it('tells a listener on the signal of a value derived from it', () => {
    const parent = new ForeignContext();
    const { signal } = withValue(parent, 'key', 1);
    const reasons: unknown[] = [];
    signal.addEventListener('abort', () => reasons.push(signal.reason));
    parent.cancel(undefined, 'over');
    expect(reasons).toEqual(['over']);
    expect(signal).toBe(parent.signal);
  });
});
