import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  CanceledError,
  type Context,
  DeadlineExceededError,
  background,
  cause,
  withCancel,
  withDeadline,
  withDeadlineCause,
  withTimeout,
  withTimeoutCause,
  withValue,
} from '@gosync/context';
import { ForeignContext, WrappingContext } from './foreign-context.ts';

const now = Date.UTC(2024, 0, 1);

beforeEach(() => {
  vi.useFakeTimers({ now });
});
afterEach(() => {
  vi.useRealTimers();
});

function expectEndsIn(ms: number, ctx: Context): void {
  vi.advanceTimersByTime(ms - 1);
  expect(ctx.err).toBeUndefined();
  expect(ctx.signal.aborted).toBe(false);
  vi.advanceTimersByTime(1);
  expect(ctx.err).toBeInstanceOf(DeadlineExceededError);
  expect(ctx.signal.aborted).toBe(true);
  expect(ctx.signal.reason).toBe(ctx.err);
}

describe('withDeadline()', () => {
  it('is done when its time has come, and not before [go: TestDeadline]', () => {
    const [ctx] = withDeadline(background(), now + 50);
    expect(String(ctx)).toMatch(/^context\.Background\.WithDeadline\(/);
    expectEndsIn(50, ctx);
  });

  it('is done in time behind a context of another make [go: TestDeadline]', () => {
    const [inner] = withDeadline(background(), now + 50);
    const wrapped = new WrappingContext(inner);
    const [ctx] = withDeadline(wrapped, now + 3_600_000);
    expect(ctx.deadline).toBe(now + 50);
    expectEndsIn(50, ctx);
    expect(wrapped.err).toBe(ctx.err);
  });

  it('is done at birth when its time is past or now [go: TestDeadline]', () => {
    for (const deadline of [now - 1, now, 0, -1, -Infinity, -8.64e15]) {
      const [ctx] = withDeadline(background(), deadline);
      expect(ctx.err).toBeInstanceOf(DeadlineExceededError);
      expect(ctx.signal.aborted).toBe(true);
      expect(ctx.deadline).toBe(deadline);
    }
    expect(vi.getTimerCount()).toBe(0);
  });

  it('takes a Date', () => {
    const [ctx] = withDeadline(background(), new Date(now + 50));
    expect(ctx.deadline).toBe(now + 50);
    expectEndsIn(50, ctx);
  });

  it('does not follow a Date that is changed afterwards', () => {
    const date = new Date(now + 50);
    const [ctx] = withDeadline(background(), date);
    date.setTime(now + 5_000);
    expect(ctx.deadline).toBe(now + 50);
    expectEndsIn(50, ctx);
  });

  it('keeps the parent’s deadline when that is nearer', () => {
    const [parent, cancel] = withDeadline(background(), now + 50);
    const [later] = withDeadline(parent, now + 51);
    const [same] = withDeadline(parent, now + 50);
    const [none] = withDeadline(parent, Infinity);
    expect(vi.getTimerCount()).toBe(1);
    for (const { deadline } of [later, same, none]) expect(deadline).toBe(now + 50);
    expectEndsIn(50, later);
    expect(none.err).toBe(parent.err);
    cancel();
  });

  it('sets its own deadline when that is nearer', () => {
    const [parent] = withDeadline(background(), now + 100);
    const [ctx] = withDeadline(withValue(parent, 'key', 1), now + 50);
    expect(ctx.deadline).toBe(now + 50);
    expect(parent.deadline).toBe(now + 100);
    expectEndsIn(50, ctx);
    expect(parent.err).toBeUndefined();
    expectEndsIn(50, parent);
    expect(parent.err).not.toBe(ctx.err);
  });

  it('takes account of the deadline of a context of another make', () => {
    const parent = new ForeignContext({ deadline: now + 50 });
    expect(withDeadline(parent, now + 100)[0].deadline).toBe(now + 50);
    expect(withDeadline(parent, now + 20)[0].deadline).toBe(now + 20);
    expect(withCancel(parent)[0].deadline).toBe(now + 50);
  });

  it('has no deadline at Infinity', () => {
    const [ctx, cancel] = withDeadline(background(), Infinity);
    expect(ctx.deadline).toBeUndefined();
    expect(vi.getTimerCount()).toBe(0);
    expect(String(ctx)).toBe('context.Background.WithCancel');
    cancel();
    expect(ctx.err).toBeInstanceOf(CanceledError);
  });

  it('is done with its parent’s error when that is done first', () => {
    const [parent, cancel] = withCancel(background());
    const [ctx] = withDeadline(parent, now + 50);
    cancel();
    expect(ctx.err).toBe(parent.err);
    expect(ctx.deadline).toBe(now + 50);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is done with its parent’s error when that was done before, even if its own time is past', () => {
    const [parent, cancel] = withCancel(background());
    cancel();
    expect(withDeadline(parent, now - 1)[0].err).toBe(parent.err);
    expect(withDeadline(parent, now + 50)[0].err).toBe(parent.err);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('throws a RangeError for what is not a time', () => {
    expect(() => withDeadline(background(), NaN)).toThrow(RangeError);
    expect(() => withDeadline(background(), NaN)).toThrow(/^context: .*: NaN$/);
    expect(() => withDeadline(background(), new Date('tomorrow'))).toThrow(RangeError);
  });

  it.each([undefined, null, '2030-01-01', '5', 5n, {}, []])(
    'throws a TypeError for %o',
    (value) => {
      // @ts-expect-error -- a caller without types
      expect(() => withDeadline(background(), value)).toThrow(TypeError);
      // @ts-expect-error -- a caller without types
      expect(() => withDeadline(background(), value)).toThrow(/^context: /);
    },
  );
});

describe('withTimeout()', () => {
  it('is done when the time has passed, and not before [go: TestTimeout]', () => {
    const [ctx] = withTimeout(background(), 50);
    expect(ctx.deadline).toBe(now + 50);
    expect(String(ctx)).toMatch(/^context\.Background\.WithDeadline\(/);
    expectEndsIn(50, ctx);
  });

  it('is done in time behind a context of another make [go: TestTimeout]', () => {
    const [inner] = withTimeout(background(), 50);
    const wrapped = new WrappingContext(inner);
    const [ctx] = withTimeout(wrapped, 3_600_000);
    expectEndsIn(50, ctx);
    expect(wrapped.err).toBe(ctx.err);
  });

  it('is canceled when it is canceled first [go: TestCanceledTimeout]', () => {
    const [inner] = withTimeout(background(), 1_000);
    const [ctx, cancel] = withTimeout(new WrappingContext(inner), 3_600_000);
    cancel();
    expect(ctx.err).toBeInstanceOf(CanceledError);
    expect(ctx.signal.aborted).toBe(true);
    vi.advanceTimersByTime(5_000);
    expect(ctx.err).toBeInstanceOf(CanceledError);
  });

  it('is done at birth for zero and less', () => {
    for (const ms of [0, -0, -1, -1e12, -Infinity]) {
      const [ctx] = withTimeout(background(), ms);
      expect(ctx.err).toBeInstanceOf(DeadlineExceededError);
      expect(ctx.deadline).toBe(now + ms);
    }
    expect(vi.getTimerCount()).toBe(0);
  });

  it('has no deadline for Infinity', () => {
    const [ctx] = withTimeout(background(), Infinity);
    expect(ctx.deadline).toBeUndefined();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('never ends before a fraction of a millisecond has passed', () => {
    const [ctx] = withTimeout(background(), 9.25);
    expect(ctx.deadline).toBe(now + 9.25);
    expectEndsIn(10, ctx);
  });

  it('throws a RangeError for NaN', () => {
    expect(() => withTimeout(background(), NaN)).toThrow(RangeError);
    expect(() => withTimeout(background(), NaN)).toThrow(/^context: .*: NaN$/);
  });

  it.each([undefined, null, '1s', '5', 5n, {}, new Date()])(
    'throws a TypeError for %o',
    (value) => {
      // @ts-expect-error -- a caller without types
      expect(() => withTimeout(background(), value)).toThrow(TypeError);
      // @ts-expect-error -- a caller without types
      expect(() => withTimeout(background(), value)).toThrow(/^context: /);
    },
  );
});

describe('withDeadlineCause()', () => {
  it('has its cause when the deadline passes', () => {
    const tooSlow = new Error('too slow');
    const [ctx] = withDeadlineCause(background(), now + 50, tooSlow);
    const [child] = withCancel(ctx);
    vi.advanceTimersByTime(50);
    for (const { err, signal } of [ctx, child]) {
      expect(err).toBeInstanceOf(DeadlineExceededError);
      expect(err?.cause).toBe(tooSlow);
      expect(signal.reason).toBe(tooSlow);
    }
    expect(cause(child)).toBe(tooSlow);
    expect(child.err).toBe(ctx.err);
  });

  it('has no cause but its error when it is canceled', () => {
    const [ctx, cancel] = withDeadlineCause(background(), now + 50, 'too slow');
    cancel();
    expect(cause(ctx)).toBe(ctx.err);
    expect(ctx.err).toBeInstanceOf(CanceledError);
    expect(ctx.err).not.toHaveProperty('cause');
  });

  it('has its error for a cause when that is undefined', () => {
    const [ctx] = withDeadlineCause(background(), now, undefined);
    expect(cause(ctx)).toBe(ctx.err);
    expect(ctx.err).not.toHaveProperty('cause');
  });

  it('drops its cause when the parent’s deadline is nearer', () => {
    const [parent] = withDeadlineCause(background(), now + 50, 'outer');
    const [ctx] = withDeadlineCause(parent, now + 50, 'inner');
    vi.advanceTimersByTime(50);
    expect(cause(ctx)).toBe('outer');
  });
});

describe('withTimeoutCause()', () => {
  it('has its cause when the time has passed', () => {
    const [ctx] = withTimeoutCause(background(), 50, null);
    expect(ctx.deadline).toBe(now + 50);
    vi.advanceTimersByTime(50);
    expect(cause(ctx)).toBe(null);
    expect(ctx.err).toBeInstanceOf(DeadlineExceededError);
    expect(ctx.err).toHaveProperty('cause', null);
  });

  it('throws as withTimeout() does', () => {
    expect(() => withTimeoutCause(background(), NaN, 'cause')).toThrow(RangeError);
    expect(() => withDeadlineCause(background(), NaN, 'cause')).toThrow(RangeError);
    // @ts-expect-error -- a caller without types
    expect(() => withTimeoutCause(background(), '5', 'cause')).toThrow(TypeError);
  });
});
