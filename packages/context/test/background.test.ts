import { describe, expect, it } from 'vitest';
import {
  type Context,
  afterFunc,
  background,
  cause,
  createKey,
  from,
  todo,
  withCancel,
  withCancelCause,
  withTimeout,
  withValue,
  withoutCancel,
} from '@gosync/context';

function expectLive(ctx: Context): void {
  expect(ctx.err).toBeUndefined();
  expect(cause(ctx)).toBeUndefined();
  expect(ctx.signal.aborted).toBe(false);
  expect(ctx.signal.reason).toBeUndefined();
}

describe('background()', () => {
  it('is live and says what it is [go: TestBackground]', () => {
    expectLive(background());
    expect(String(background())).toBe('context.Background');
  });

  it('has neither a deadline nor values', () => {
    expect(background().deadline).toBeUndefined();
    expect(background().value('key')).toBeUndefined();
    expect(background().value(createKey('key'))).toBeUndefined();
  });

  it('is always the same object, with always the same signal', () => {
    expect(background()).toBe(background());
    expect(background().signal).toBe(background().signal);
    expect(background().signal).toBeInstanceOf(AbortSignal);
  });

  it('comes back from its own signal', () => {
    expect(from(background().signal)).toBe(background());
    expect(String(withCancel(background().signal)[0])).toBe('context.Background.WithCancel');
  });

  it('shares its signal with every context that can never end', () => {
    const [ctx] = withCancel(background());
    const endless = [
      todo(),
      withoutCancel(ctx),
      withValue(background(), 'key', 1),
      withValue(withoutCancel(ctx), 'key', 1),
    ];
    for (const { signal } of endless) expect(signal).toBe(background().signal);
    expect(ctx.signal).not.toBe(background().signal);
  });

  it('keeps no listener of its signal', () => {
    let calls = 0;
    const count = (): void => {
      calls++;
    };
    const { signal } = background();
    signal.addEventListener('abort', count);
    signal.dispatchEvent(new Event('abort'));
    signal.removeEventListener('abort', count);
    expect(calls).toBe(0);
  });

  it('keeps listeners for other events than an end that never comes', () => {
    let calls = 0;
    const count = (): void => {
      calls++;
    };
    const { signal } = background();
    signal.addEventListener('custom', count);
    signal.dispatchEvent(new Event('custom'));
    signal.removeEventListener('custom', count);
    signal.dispatchEvent(new Event('custom'));
    expect(calls).toBe(1);
  });

  it('has a signal that the platform can combine with others', () => {
    const controller = new AbortController();
    const any = AbortSignal.any([background().signal, controller.signal]);
    expect(any.aborted).toBe(false);
    controller.abort('enough');
    expect(any.reason).toBe('enough');
    expectLive(background());
  });

  it('stops a callback that can never be called exactly once', () => {
    const stop = afterFunc(background(), () => expect.unreachable());
    expect(stop()).toBe(true);
    expect(stop()).toBe(false);
  });
});

describe('todo()', () => {
  it('is live and says what it is [go: TestTODO]', () => {
    expectLive(todo());
    expect(String(todo())).toBe('context.TODO');
  });

  it('is always the same object, and not the background context', () => {
    expect(todo()).toBe(todo());
    expect(todo()).not.toBe(background());
    expect(todo().deadline).toBeUndefined();
  });
});

describe('withoutCancel()', () => {
  it('has the values of its parent, and nothing else of it [go: TestWithoutCancel]', () => {
    const [parent, cancel] = withTimeout(withValue(background(), 'key', 'value'), 60_000);
    const ctx = withoutCancel(parent);
    expect(ctx.deadline).toBeUndefined();
    expect(ctx.value('key')).toBe('value');
    expectLive(ctx);
    cancel();
    expectLive(ctx);
    expect(ctx.value('key')).toBe('value');
  });

  it('is live under a parent that is done', () => {
    const [parent, cancel] = withCancelCause(background());
    cancel('too late');
    expect(withoutCancel(parent).err).toBeUndefined();
    expectLive(withoutCancel(parent));
    expectLive(withoutCancel(AbortSignal.abort('too late')));
  });

  it('starts a tree of its own', () => {
    const [parent, cancelParent] = withCancel(background());
    const [child, cancel] = withCancel(withoutCancel(parent));
    cancelParent();
    expectLive(child);
    cancel();
    expect(child.err?.message).toBe('context canceled');
  });

  it('lets a longer deadline than the parent’s be set', () => {
    const [parent, cancelParent] = withTimeout(background(), 1_000);
    const [child, cancel] = withTimeout(withoutCancel(parent), 60_000);
    expect(child.deadline).toBeGreaterThan(parent.deadline ?? Infinity);
    cancel();
    cancelParent();
  });

  it('says what it is', () => {
    const [parent] = withCancel(todo());
    expect(String(withoutCancel(parent))).toBe('context.TODO.WithCancel.WithoutCancel');
  });
});
