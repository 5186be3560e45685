import { describe, expect, it, vi } from 'vitest';
import {
  type CancelFunc,
  CanceledError,
  type Context,
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

describe('from()', () => {
  it('gives a context back unchanged', () => {
    const [ctx] = withTimeout(withValue(background(), 'key', 1), Infinity);
    for (const same of [ctx, background(), withValue(ctx, 'other', 2)]) {
      expect(from(same)).toBe(same);
    }
  });

  it('gives the context back to which a signal belongs', () => {
    const [ctx, cancel] = withCancel(background());
    expect(from(ctx.signal)).toBe(ctx);
    expect(from({ signal: ctx.signal })).toBe(ctx);
    cancel();
    expect(from(ctx.signal)).toBe(ctx);
  });

  it('is always the same object for the same foreign signal', () => {
    const { signal } = new AbortController();
    expect(from(signal)).toBe(from(signal));
    expect(from({ signal })).toBe(from(signal));
    expect(from(signal).signal).toBe(signal);
    expect(from(signal)).not.toBe(from(new AbortController().signal));
  });

  it('is done when the signal is aborted, with its reason as the cause', () => {
    const controller = new AbortController();
    const ctx = from(controller.signal);
    expect(ctx.err).toBeUndefined();
    expect(cause(ctx)).toBeUndefined();
    controller.abort('user left');
    expect(ctx.err).toBeInstanceOf(CanceledError);
    expect(ctx.err?.cause).toBe('user left');
    expect(cause(ctx)).toBe('user left');
    const { err } = ctx;
    expect(ctx.err).toBe(err);
  });

  it('is done at birth for a signal that is aborted', () => {
    const ctx = from(AbortSignal.abort('before'));
    expect(ctx.err).toBeInstanceOf(CanceledError);
    expect(cause(ctx)).toBe('before');
  });

  it('keeps what AbortController aborts with by itself', () => {
    const controller = new AbortController();
    controller.abort();
    const ctx = from(controller.signal);
    expect(cause(ctx)).toBe(controller.signal.reason);
    expect(ctx.err?.cause).toBe(controller.signal.reason);
  });

  it('tells a platform timeout from a cancellation', () => {
    const reason = new DOMException('too late', 'TimeoutError');
    const ctx = from(AbortSignal.abort(reason));
    expect(ctx.err).toBeInstanceOf(DeadlineExceededError);
    expect(ctx.err?.cause).toBe(reason);
    expect(cause(ctx)).toBe(reason);
  });

  it.each([new CanceledError(), new DeadlineExceededError({ cause: 'slow' })])(
    'keeps an error of ours as the error: %s',
    (reason) => {
      const ctx = from(AbortSignal.abort(reason));
      expect(ctx.err).toBe(reason);
      expect(cause(ctx)).toBe(reason);
    },
  );

  it.each([null, 0, '', false])('keeps %o as the cause', (reason) => {
    const ctx = from(AbortSignal.abort(reason));
    expect(cause(ctx)).toBe(reason);
    expect(ctx.err).toHaveProperty('cause', reason);
  });

  it('has neither a deadline nor values', () => {
    const ctx = from(new AbortController().signal);
    expect(ctx.deadline).toBeUndefined();
    expect(ctx.value('key')).toBeUndefined();
    expect(ctx.value('aborted')).toBeUndefined();
  });

  it('is done, but tells nobody, when a listener before it stops the event', () => {
    const controller = new AbortController();
    controller.signal.addEventListener('abort', (event) => event.stopImmediatePropagation());
    const [ctx] = withCancel(controller.signal);
    const called: string[] = [];
    afterFunc(ctx, () => called.push('callback'));
    controller.abort('reason');
    expect(cause(ctx)).toBe('reason');
    expect(called).toEqual([]);
  });

  it('says what it is', () => {
    const { signal } = new AbortController();
    expect(String(from(signal))).toBe('context.From(AbortSignal)');
    expect(String(withCancel(signal)[0])).toBe('context.From(AbortSignal).WithCancel');
  });

  it.each([0, 1, '', 'signal', true, Symbol('s'), {}, [], { signal: undefined }, { signal: {} }])(
    'throws a TypeError for %o',
    (source) => {
      // @ts-expect-error -- a caller without types
      expect(() => from(source)).toThrow(TypeError);
      // @ts-expect-error -- a caller without types
      expect(() => from(source)).toThrow(/^context: /);
    },
  );

  it('throws a TypeError for a function and for a controller, which is not its signal', () => {
    // @ts-expect-error -- a caller without types
    expect(() => from(() => {})).toThrow(TypeError);
    // A controller has a signal, so it is one of the things that have one.
    const controller = new AbortController();
    expect(from(controller)).toBe(from(controller.signal));
  });
});

describe('a foreign AbortSignal as parent', () => {
  it('ends what is derived from it, synchronously, with one error', () => {
    const controller = new AbortController();
    const [left] = withCancel(controller.signal);
    const [right] = withTimeout(withValue(controller.signal, 'key', 1), 3_600_000);
    const [leaf] = withCancel(right);
    const log: unknown[] = [];
    afterFunc(left, () => log.push('left', leaf.err !== undefined, leaf.signal.aborted));
    afterFunc(leaf, () => log.push('leaf'));
    controller.abort('over');
    expect(log).toEqual(['left', true, true, 'leaf']);
    expect(leaf.err).toBe(left.err);
    expect(cause(leaf)).toBe('over');
    expect(from(controller.signal).err).toBe(left.err);
  });

  it('is not aborted when what is derived from it is canceled', () => {
    const controller = new AbortController();
    const [, cancel] = withCancel(controller.signal);
    cancel();
    expect(controller.signal.aborted).toBe(false);
    expect(from(controller.signal).err).toBeUndefined();
  });

  it('has no live descendants in the eyes of a listener that came first', () => {
    const controller = new AbortController();
    const seen: unknown[] = [];
    controller.signal.addEventListener('abort', () => {
      seen.push(from(controller.signal).err === child.err, leaf.signal.aborted, cause(leaf));
    });
    const [child] = withCancel(controller.signal);
    const [leaf] = withCancel(child);
    let called = 0;
    afterFunc(leaf, () => called++);
    controller.abort('over');
    expect(seen).toEqual([true, true, 'over']);
    expect(called).toBe(1);
  });

  it('is done with a signal that is telling a listener that came first, whoever is asked first', () => {
    const looks: ((leaf: Context, cancel: CancelFunc) => unknown)[] = [
      (leaf) => leaf.err?.message,
      (leaf) => leaf.signal.aborted,
      (leaf) => cause(leaf),
      (leaf) => withCancel(leaf)[0].err?.message,
      (leaf, cancel) => (cancel(), cause(leaf)),
    ];
    const seen = looks.map((look) => {
      const controller = new AbortController();
      let result: unknown;
      controller.signal.addEventListener('abort', () => (result = look(leaf, cancel)));
      const [leaf, cancel] = withTimeout(withCancel(controller.signal)[0], 1000);
      controller.abort('over');
      return result;
    });
    expect(seen).toEqual(['context canceled', true, 'over', 'context canceled', 'over']);
  });

  it('hangs nothing on a signal that cannot be listened to', () => {
    const { signal } = new AbortController();
    const listen = vi.spyOn(signal, 'addEventListener').mockImplementationOnce(() => {
      throw new Error('deaf');
    });
    expect(() => withCancel(signal)).toThrow('deaf');
    const [child] = withCancel(signal);
    expect(listen).toHaveBeenCalledTimes(2);
    expect(child.err).toBeUndefined();
  });

  it('tells no callback twice when a listener that came first has looked', async () => {
    const controller = new AbortController();
    const log: string[] = [];
    controller.signal.addEventListener('abort', () => {
      log.push(String(from(controller.signal).err));
      afterFunc(controller.signal, () => log.push('late'));
      cancelChild();
      stop();
    });
    const [child, cancelChild] = withCancel(controller.signal);
    afterFunc(child, () => log.push('child'));
    afterFunc(controller.signal, () => log.push('callback'));
    const stop = afterFunc(controller.signal, () => log.push('stopped'));
    controller.abort();
    expect(log).toEqual(['AbortError: context canceled', 'callback', 'child']);
    await Promise.resolve();
    expect(log.slice(3)).toEqual(['late']);
  });

  it('does nothing when it dispatches an `abort` event without being aborted', () => {
    const controller = new AbortController();
    const [child] = withCancel(controller.signal);
    controller.signal.dispatchEvent(new Event('abort'));
    expect(child.err).toBeUndefined();
    controller.abort();
    expect(child.err).toBeInstanceOf(CanceledError);
  });

  it('may be combined from several by AbortSignal.any', () => {
    const [ctx, cancel] = withCancelCause(background());
    const other = new AbortController();
    const [child] = withCancel(AbortSignal.any([ctx.signal, other.signal]));
    cancel('from our side');
    expect(cause(child)).toBe('from our side');
  });

  it('may be of a class of its own', () => {
    const native = new AbortController();
    // As from another realm or a polyfill: no `instanceof` helps.
    const signal = {
      get aborted(): boolean {
        return native.signal.aborted;
      },
      reason: 'polyfilled',
      onabort: null,
      throwIfAborted: (): void => native.signal.throwIfAborted(),
      dispatchEvent: (event: Event): boolean => native.signal.dispatchEvent(event),
      addEventListener: native.signal.addEventListener.bind(native.signal),
      removeEventListener: native.signal.removeEventListener.bind(native.signal),
    };
    const [child] = withCancel(signal);
    expect(child.err).toBeUndefined();
    native.abort();
    expect(cause(child)).toBe('polyfilled');
  });
});
