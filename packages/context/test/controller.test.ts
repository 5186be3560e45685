import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  afterFunc,
  background,
  cause,
  withCancel,
  withCancelCause,
  withTimeout,
  withValue,
} from '@gosync/context';
import { countControllers } from './controllers.ts';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** What an accessor of `of` says on `receiver`; `true` for a TypeError. */
function outcome(of: object, key: string, receiver: unknown): unknown {
  try {
    return [Reflect.get(of, key, receiver)];
  } catch (error) {
    return error instanceof TypeError;
  }
}

describe('Context.signal', () => {
  it('is a real AbortSignal, always the same object', () => {
    const [ctx] = withCancel(background());
    expect(ctx.signal).toBe(ctx.signal);
    expect(ctx.signal).toBeInstanceOf(AbortSignal);
    expect(Object.prototype.toString.call(ctx.signal)).toBe('[object AbortSignal]');
    expect(withValue(ctx, 'key', 1).signal).toBe(ctx.signal);
  });

  it('passes for a signal of the platform where its prototype is looked at', () => {
    const { signal } = withCancel(background())[0];
    const prototype: object = Object.getPrototypeOf(signal);
    expect(prototype.constructor).toBe(AbortSignal);
    const shown: string[] = [];
    for (const key in signal) shown.push(key);
    const platform: string[] = [];
    for (const key in new AbortController().signal) platform.push(key);
    expect(shown.sort()).toEqual(platform.sort());
    expect(Object.keys(signal)).toEqual([]);
  });

  it('answers on what is no signal as the platform does: with a TypeError', () => {
    const prototype: object = Object.getPrototypeOf(withCancel(background())[0].signal);
    const foreign = [{}, prototype, new EventTarget(), 5, undefined];
    for (const receiver of foreign) {
      expect(outcome(prototype, 'aborted', receiver)).toBe(true);
      for (const key of ['aborted', 'reason', 'onabort'])
        expect(outcome(prototype, key, receiver)).toEqual(
          outcome(AbortSignal.prototype, key, receiver),
        );
    }
  });

  it('is made when it is first read, and once [go: TestAllocs]', () => {
    const made = countControllers();
    const [parent, cancel] = withCancel(background());
    const [child] = withTimeout(withValue(parent, 'key', 1), 3_600_000);
    cancel();
    expect(cause(child)).toBe(parent.err);
    expect(String(child.err)).toBe('AbortError: context canceled');
    expect(made()).toBe(0);
    expect(child.signal.aborted).toBe(true);
    expect(child.signal).toBe(child.signal);
    expect(made()).toBe(1);
  });

  it('is aborted, with the cause as its reason, when it is first read after the end', () => {
    const [ctx, cancel] = withCancelCause(background());
    cancel('reason');
    expect(ctx.signal.aborted).toBe(true);
    expect(ctx.signal.reason).toBe('reason');
    expect(() => ctx.signal.throwIfAborted()).toThrow('reason');
  });

  it('has the cause as its reason, the same object', () => {
    const [ctx, cancel] = withCancel(background());
    const { signal } = ctx;
    expect(signal.reason).toBeUndefined();
    expect(() => signal.throwIfAborted()).not.toThrow();
    cancel();
    expect(signal.reason).toBe(cause(ctx));
    expect(signal.reason).toBe(ctx.err);
  });

  it('is aborted in the eyes of the platform too, when it was read before the end or after', () => {
    const [read, cancelRead] = withCancelCause(background());
    expect(read.signal.aborted).toBe(false);
    const [unread, cancelUnread] = withCancelCause(background());
    for (const [ctx, cancel] of [
      [read, cancelRead],
      [unread, cancelUnread],
    ] as const) {
      cancel('reason');
      // The platform's own getters, which do not know of contexts.
      expect(Reflect.get(AbortSignal.prototype, 'aborted', ctx.signal)).toBe(true);
      expect(Reflect.get(AbortSignal.prototype, 'reason', ctx.signal)).toBe('reason');
    }
  });

  it('throws nothing from throwIfAborted() on a platform that has no such method', () => {
    const { signal: native } = new AbortController();
    const old = Object.create(Object.getPrototypeOf(native), {
      throwIfAborted: { value: undefined },
    });
    vi.stubGlobal('AbortController', function Controller(this: { signal: object }) {
      this.signal = Object.create(old);
    });
    const [ctx] = withCancel(background());
    expect(() => ctx.signal.throwIfAborted()).not.toThrow();
  });

  it('throws the very cause from throwIfAborted(), whatever it is', () => {
    const [ctx, cancel] = withCancelCause(background());
    cancel(null);
    let thrown: unknown = 'nothing';
    try {
      ctx.signal.throwIfAborted();
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBe(null);
  });

  it('tells listeners of every kind once', () => {
    const [ctx, cancel] = withCancel(background());
    const { signal } = ctx;
    const log: string[] = [];
    signal.addEventListener('abort', () => log.push('function'));
    signal.addEventListener('abort', { handleEvent: () => log.push('object') });
    signal.addEventListener('abort', () => log.push('once'), { once: true });
    signal.addEventListener('abort', () => log.push('capture'), true);
    Reflect.set(signal, 'onabort', () => log.push('onabort'));
    cancel();
    cancel();
    expect(log.sort()).toEqual(['capture', 'function', 'object', 'onabort', 'once']);
  });

  it('tells listeners where the platform asks the signal first whether it is aborted already', () => {
    // As Deno does: a signal that says yes gets no event.
    const { abort } = AbortController.prototype;
    vi.spyOn(AbortController.prototype, 'abort').mockImplementation(function mock(
      this: AbortController,
      reason: unknown,
    ) {
      if (!this.signal.aborted) abort.call(this, reason);
    });
    const [ctx, cancel] = withCancelCause(background());
    const [child] = withCancel(ctx);
    const seen: unknown[] = [];
    for (const { signal } of [ctx, child]) {
      signal.addEventListener('abort', () => seen.push(signal.aborted, signal.reason));
    }
    cancel('reason');
    vi.restoreAllMocks();
    expect(seen).toEqual([true, 'reason', true, 'reason']);
    expect(withCancel(ctx)[0].signal.aborted).toBe(true);
  });

  it('passes an event whose target it is', () => {
    const [ctx, cancel] = withCancel(background());
    const events: Event[] = [];
    ctx.signal.addEventListener('abort', (event) => events.push(event));
    cancel();
    expect(events).toHaveLength(1);
    expect(events[0]?.type).toBe('abort');
    expect(events[0]?.target).toBe(ctx.signal);
  });

  it('tells listeners in the order they came, after the callbacks', () => {
    const [ctx, cancel] = withCancel(background());
    const log: number[] = [];
    for (let i = 0; i < 4; i++) ctx.signal.addEventListener('abort', () => log.push(i));
    afterFunc(ctx, () => log.push(-1));
    cancel();
    expect(log).toEqual([-1, 0, 1, 2, 3]);
  });

  it('does not tell a listener that was removed, or whose own signal was aborted', () => {
    const [ctx, cancel] = withTimeout(background(), 3_600_000);
    const { signal } = ctx;
    const f = vi.fn<() => void>();
    signal.addEventListener('abort', f);
    signal.removeEventListener('abort', f);
    signal.addEventListener('abort', f, true);
    signal.removeEventListener('abort', f, { capture: true });
    const controller = new AbortController();
    signal.addEventListener('abort', f, { signal: controller.signal });
    controller.abort();
    signal.addEventListener('abort', f, { signal: controller.signal });
    cancel();
    expect(f).not.toHaveBeenCalled();
  });

  it('leaves events of other types alone', () => {
    const { signal } = withTimeout(background(), Infinity)[0];
    const f = vi.fn<() => void>();
    signal.addEventListener('custom', f);
    signal.dispatchEvent(new Event('custom'));
    expect(f).toHaveBeenCalledTimes(1);
    signal.removeEventListener('custom', f);
    signal.dispatchEvent(new Event('custom'));
    expect(f).toHaveBeenCalledTimes(1);
  });

  it('can be spied on, as any signal can', () => {
    const [ctx] = withCancel(background());
    const add = vi.spyOn(ctx.signal, 'addEventListener');
    ctx.signal.addEventListener('abort', () => {});
    expect(add).toHaveBeenCalledTimes(1);
  });

  it('can be combined by AbortSignal.any, before and after the end', () => {
    const [ctx, cancel] = withCancelCause(background());
    const other = new AbortController();
    const before = AbortSignal.any([other.signal, ctx.signal]);
    expect(before.aborted).toBe(false);
    cancel('reason');
    const after = AbortSignal.any([other.signal, ctx.signal]);
    for (const any of [before, after]) {
      expect(any.aborted).toBe(true);
      expect(any.reason).toBe('reason');
    }
  });

  it('follows the platform into a Request', () => {
    const [ctx, cancel] = withCancelCause(background());
    const request = new Request('https://example.com', ctx);
    expect(request.signal.aborted).toBe(false);
    cancel('reason');
    expect(request.signal.aborted).toBe(true);
    expect(request.signal.reason).toBe('reason');
  });
});
