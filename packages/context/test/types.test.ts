import { describe, expect, expectTypeOf, it } from 'vitest';
import {
  type CancelCauseFunc,
  type CancelFunc,
  type CanceledError,
  type Context,
  type ContextLike,
  type DeadlineExceededError,
  type Key,
  afterFunc,
  background,
  cause,
  createKey,
  from,
  isCanceled,
  isDeadlineExceeded,
  todo,
  withCancel,
  withCancelCause,
  withDeadline,
  withDeadlineCause,
  withTimeout,
  withTimeoutCause,
  withValue,
  withoutCancel,
} from '@gosync/context';

interface User {
  readonly name: string;
}
const user = createKey<User>('user');
const count = createKey<number>('count');

describe('Key', () => {
  it('refuses values of another type', () => {
    // @ts-expect-error -- a text under a key for numbers
    const ctx = withValue(background(), count, 'one');
    expect(ctx.value(count)).toBe('one');
    // @ts-expect-error -- a part of what the key is for
    withValue(background(), user, {});
    // @ts-expect-error -- nothing under a key that has no place for it
    withValue(background(), count, undefined);
    expectTypeOf(withValue(background(), count, 1)).toEqualTypeOf<Context>();
  });

  it('gives its values their type, without an annotation', () => {
    const ctx = withValue(withValue(background(), user, { name: 'Ada' }), count, 1);
    expectTypeOf(ctx.value(user)).toEqualTypeOf<User | undefined>();
    expectTypeOf(ctx.value(count)).toEqualTypeOf<number | undefined>();
    expect(ctx.value(user)?.name.length).toBe(3);
  });

  it('is invariant: neither a wider nor a narrower key will do', () => {
    expectTypeOf<Key<1>>().not.toExtend<Key<number>>();
    expectTypeOf<Key<number>>().not.toExtend<Key<1>>();
    expectTypeOf<Key<number>>().not.toExtend<Key<unknown>>();
    expect(count).not.toBe(user);
  });

  it('cannot be made by hand', () => {
    // @ts-expect-error -- a description alone
    const forged: Key<number> = { description: 'count' };
    expect(withValue(background(), count, 1).value(forged)).toBeUndefined();
  });

  it('is unknown to keys of other types, whose values are unknown', () => {
    const ctx = withValue(background(), 'text', 1);
    expectTypeOf(ctx.value('text')).toEqualTypeOf<unknown>();
    expectTypeOf(ctx.value(Symbol('s'))).toEqualTypeOf<unknown>();
    expect(withValue(ctx, 7, new Date()).value('text')).toBe(1);
  });

  it('makes its type known from what createKey() is told', () => {
    expectTypeOf(createKey<string>).returns.toEqualTypeOf<Key<string>>();
    expectTypeOf(createKey('untyped')).toEqualTypeOf<Key<unknown>>();
    expectTypeOf(count.description).toEqualTypeOf<string>();
    expect(count.description).toBe('count');
  });
});

describe('Context', () => {
  it('has an error that is one of two, told apart by name and by code', () => {
    const { err } = withTimeout(background(), 0)[0];
    expectTypeOf(err).toEqualTypeOf<CanceledError | DeadlineExceededError | undefined>();
    expectTypeOf<CanceledError['name']>().toEqualTypeOf<'AbortError'>();
    expectTypeOf<DeadlineExceededError['name']>().toEqualTypeOf<'TimeoutError'>();
    expectTypeOf<NonNullable<typeof err>['code']>().toEqualTypeOf<'ABORT_ERR' | 'ETIMEDOUT'>();
    expect(err?.name === 'TimeoutError' && err.code).toBe('ETIMEDOUT');
    expectTypeOf(err).extract<{ name: 'TimeoutError' }>().toEqualTypeOf<DeadlineExceededError>();
  });

  it('is read-only', () => {
    const ctx = from(new AbortController().signal);
    // @ts-expect-error -- only the context itself may
    expect(() => (ctx.err = undefined)).toThrow(TypeError);
    // @ts-expect-error -- only the context itself may
    expect(() => (ctx.signal = background().signal)).toThrow(TypeError);
    expectTypeOf(ctx.deadline).toEqualTypeOf<number | undefined>();
    expectTypeOf(ctx.signal).toEqualTypeOf<AbortSignal>();
  });

  it('fits wherever the platform takes a signal', () => {
    expectTypeOf<Context>().toExtend<RequestInit>();
    expectTypeOf<Context>().toExtend<ContextLike>();
    expectTypeOf<AbortSignal>().toExtend<ContextLike>();
    expectTypeOf<AbortController>().toExtend<ContextLike>();
    expectTypeOf<Request>().toExtend<ContextLike>();
    expectTypeOf<{ signal?: AbortSignal }>().not.toExtend<ContextLike>();
    expectTypeOf<undefined>().not.toExtend<ContextLike>();
    expect(new Request('https://example.com', background()).signal.aborted).toBe(false);
  });
});

describe('the functions', () => {
  it('return a pair that can be taken apart without annotations', () => {
    const pair = withCancel(background());
    expectTypeOf(pair).toEqualTypeOf<readonly [Context, CancelFunc]>();
    const [ctx, cancel] = pair;
    expectTypeOf(ctx).toEqualTypeOf<Context>();
    expectTypeOf(cancel).toEqualTypeOf<CancelFunc>();
    expect(pair).toHaveLength(2);
  });

  it('return what they are said to', () => {
    type Canceling = readonly [Context, CancelFunc];
    expectTypeOf(withCancelCause).returns.toEqualTypeOf<readonly [Context, CancelCauseFunc]>();
    expectTypeOf(withDeadline).returns.toEqualTypeOf<Canceling>();
    expectTypeOf(withDeadlineCause).returns.toEqualTypeOf<Canceling>();
    expectTypeOf(withTimeout).returns.toEqualTypeOf<Canceling>();
    expectTypeOf(withTimeoutCause).returns.toEqualTypeOf<Canceling>();
    expectTypeOf(background).returns.toEqualTypeOf<Context>();
    expectTypeOf(todo).returns.toEqualTypeOf<Context>();
    expectTypeOf(from).returns.toEqualTypeOf<Context>();
    expectTypeOf(withoutCancel).returns.toEqualTypeOf<Context>();
    expectTypeOf(afterFunc).returns.toEqualTypeOf<() => boolean>();
    expectTypeOf(cause).returns.toEqualTypeOf<unknown>();
    expectTypeOf(isCanceled).toEqualTypeOf<(err: unknown) => boolean>();
    expectTypeOf(isDeadlineExceeded).toEqualTypeOf<(err: unknown) => boolean>();
    expect(afterFunc(background(), () => {})()).toBe(true);
  });

  it('take a parent of any kind, and times of the kinds that make sense', () => {
    expectTypeOf(withCancel).parameters.toEqualTypeOf<[ContextLike]>();
    expectTypeOf(withDeadline).parameter(1).toEqualTypeOf<number | Date>();
    expectTypeOf(withDeadlineCause).parameter(2).toEqualTypeOf<unknown>();
    expectTypeOf(withTimeout).parameter(1).toEqualTypeOf<number>();
    expectTypeOf(withTimeoutCause).parameter(2).toEqualTypeOf<unknown>();
    // @ts-expect-error -- a context is never left out here
    expect(() => withCancel()).toThrow(TypeError);
  });

  it('make cancel functions that can be handed on and disposed of', () => {
    const [ctx, cancel] = withCancelCause(background());
    expectTypeOf<CancelFunc>().toExtend<() => void>();
    expectTypeOf<CancelFunc>().toExtend<Disposable>();
    expectTypeOf<CancelCauseFunc>().toExtend<Disposable>();
    expectTypeOf<CancelCauseFunc>().toExtend<CancelFunc>();
    expectTypeOf(cancel).parameters.toEqualTypeOf<[cause?: unknown]>();
    cancel[Symbol.dispose]();
    expect(cause(ctx)).toBe(ctx.err);
    // @ts-expect-error -- a plain cancel takes no cause
    withCancel(background())[1]('cause');
  });
});
