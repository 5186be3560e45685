import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  CanceledError,
  type Context,
  DeadlineExceededError,
  afterFunc,
  background,
  cause,
  from,
  withCancel,
  withTimeout,
} from '@gosync/context';
import { fail, polyfill } from './polyfill.ts';
import { ForeignContext, WrappingContext } from './foreign-context.ts';

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('a bad member', () => {
  it('among the signals that has no removeEventListener is let go of silently', () => {
    const signal = polyfill({ removeEventListener: undefined });
    const [child, cancel] = withCancel(signal);
    cancel();
    expect(child.err).toBeInstanceOf(CanceledError);
  });

  it('whose reason cannot be read ends what hangs on it all the same', () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    const unreadable = polyfill();
    Object.defineProperty(unreadable, 'reason', { get: fail('no reason') });
    for (const [signal, abort] of [
      [unreadable, () => unreadable.abort()] as const,
      ...[
        proxy,
        {
          get name(): never {
            throw new Error('no name');
          },
        },
      ].map((reason) => {
        const controller = new AbortController();
        return [controller.signal, () => controller.abort(reason)] as const;
      }),
    ]) {
      let called = 0;
      const [child] = withCancel(signal);
      afterFunc(child, () => called++);
      abort();
      expect(called).toBe(1);
      expect(child.err).toBeInstanceOf(CanceledError);
    }
  });
});

describe('a foreign signal', () => {
  it('is listened to by a function, as polyfills want it', () => {
    const signal = polyfill();
    const [child] = withCancel(signal);
    let called = 0;
    afterFunc(child, () => called++);
    signal.abort();
    expect(called).toBe(1);
    expect(cause(child)).toBe('polyfilled');
  });
});

describe('a foreign context', () => {
  it('may answer through one of ours that hangs on the same signal', () => {
    const controller = new AbortController();
    const inner = from(controller.signal);
    const wrapper = new WrappingContext(inner);
    const [child] = withCancel(wrapper);
    const [other] = withCancel(controller.signal);
    const calls: string[] = [];
    afterFunc(child, () => calls.push('child'));
    afterFunc(other, () => calls.push('other'));
    controller.abort('over');
    expect(calls.sort()).toEqual(['child', 'other']);
    expect(child.err).toBe(inner.err);
    expect(wrapper.err).toBe(other.err);
    expect(cause(child)).toBe('over');
  });

  it('hands its error to its child, whoever has looked before', () => {
    const parent = new ForeignContext();
    const [bare] = withCancel(parent.signal);
    const err = new DeadlineExceededError();
    parent.cancel(err, 'slow');
    expect(bare.err).toBeInstanceOf(CanceledError);
    expect(withCancel(parent)[0].err).toBe(err);
  });
});

function busy(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

describe('time', () => {
  it('is seen to have passed in a loop that lets no timer run, with await and without', async () => {
    const [ctx] = withTimeout(background(), 15);
    while (!ctx.err) await Promise.resolve();
    expect(ctx.err).toBeInstanceOf(DeadlineExceededError);
    const [other] = withTimeout(background(), 15);
    while (!other.err);
    expect(cause(other)).toBe(other.err);
  });

  it.each<[string, (ctx: Context) => unknown]>([
    ['err', (ctx) => ctx.err],
    ['cause()', cause],
    ['signal.aborted', ({ signal }) => signal.aborted || undefined],
    ['a child', (ctx) => withCancel(ctx)[0].err],
  ])('is seen to have passed by %s, and callbacks come with the timer', async (_, look) => {
    const [ctx] = withTimeout(background(), 5);
    const calls: unknown[] = [];
    const called = new Promise((resolve) => afterFunc(ctx, () => resolve(calls.push(ctx.err))));
    const [child] = withCancel(ctx);
    busy(10);
    expect(look(ctx)).toBeDefined();
    expect(child.err).toBe(ctx.err);
    expect(calls).toEqual([]);
    await called;
    expect(calls).toEqual([ctx.err]);
  });

  it('of a wall clock that was set forward changes no deadline', () => {
    const [parent] = withTimeout(background(), 1_500);
    const now = Date.now();
    vi.spyOn(Date, 'now').mockReturnValue(now + 3_600_000);
    const [child, cancel] = withTimeout(parent, 20);
    expect(parent.err).toBeUndefined();
    expect(child.err).toBeUndefined();
    expect(String(child)).toMatch(/WithDeadline.*WithDeadline/);
    cancel();
  });

  it('is told by fake timers alone, when they alone are faked', () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const [ctx] = withTimeout(background(), 5);
    busy(10);
    expect(ctx.err).toBeUndefined();
    vi.advanceTimersByTime(5);
    expect(ctx.err).toBeInstanceOf(DeadlineExceededError);
  });

  it('is told by timers and Date, when performance is not faked', () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    const [ctx] = withTimeout(background(), 5);
    busy(10);
    expect(ctx.err).toBeUndefined();
    vi.advanceTimersByTime(5);
    expect(ctx.err).toBeInstanceOf(DeadlineExceededError);
  });
});

describe('a second DOM in the process', () => {
  it('makes signals of its own kind, and disturbs none of those before and after', () => {
    const [before, cancelBefore] = withCancel(background());
    expect(before.signal.aborted).toBe(false);
    const real = background().signal;
    class OtherSignal extends EventTarget {
      aborted = false;
      reason: unknown = undefined;
    }
    class OtherController {
      readonly signal = new OtherSignal();
      abort(reason: unknown): void {
        if (this.signal.aborted) return;
        Object.assign(this.signal, { reason });
        this.signal.dispatchEvent(new Event('abort'));
      }
    }
    vi.stubGlobal('AbortController', OtherController);
    vi.stubGlobal('AbortSignal', OtherSignal);
    const [inside, cancelInside] = withCancel(background());
    expect(inside.signal).toBeInstanceOf(OtherSignal);
    expect(background().signal).toBeInstanceOf(OtherSignal);
    expect(before.signal.aborted).toBe(false);
    vi.unstubAllGlobals();
    expect(background().signal).toBe(real);
    const [after, cancelAfter] = withCancel(background());
    expect(after.signal).toBeInstanceOf(AbortSignal);
    const calls: string[] = [];
    for (const [name, { signal }] of Object.entries({ before, inside, after }))
      signal.addEventListener('abort', () => calls.push(name));
    for (const cancel of [cancelBefore, cancelInside, cancelAfter]) cancel();
    expect(calls).toEqual(['before', 'inside', 'after']);
  });
});
