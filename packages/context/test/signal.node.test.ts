import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import {
  type Context,
  afterFunc,
  background,
  from,
  withCancel,
  withTimeout,
  withValue,
  withoutCancel,
} from '@gosync/context';
import { ForeignContext, WrappingContext } from './foreign-context.ts';

function listeners(signal: AbortSignal): number {
  return getEventListeners(signal, 'abort').length;
}

describe('a foreign AbortSignal', () => {
  it('has no listener before something hangs on it', () => {
    const { signal } = new AbortController();
    from(signal);
    withValue(signal, 'key', 1);
    withoutCancel(signal);
    expect(from(signal).err).toBeUndefined();
    expect(listeners(signal)).toBe(0);
  });

  it('has one listener for 10,000 children, and none when they have been canceled', () => {
    const { signal } = new AbortController();
    const cancels = Array.from({ length: 10_000 }, () => withCancel(signal)[1]);
    expect(listeners(signal)).toBe(1);
    for (const cancel of cancels.splice(1)) cancel();
    expect(listeners(signal)).toBe(1);
    cancels[0]?.();
    expect(listeners(signal)).toBe(0);
  });

  it('has one listener for 10,000 callbacks, and none when they have been stopped', () => {
    const { signal } = new AbortController();
    const stops = Array.from({ length: 10_000 }, (_, i) =>
      afterFunc(i % 2 === 0 ? signal : { signal }, () => {}),
    );
    expect(listeners(signal)).toBe(1);
    for (const stop of stops.splice(1)) stop();
    expect(listeners(signal)).toBe(1);
    stops[0]?.();
    expect(listeners(signal)).toBe(0);
  });

  it('has one listener at a time when it is used 10,000 times in turn', () => {
    const { signal } = new AbortController();
    const counts = new Set<number>();
    for (let i = 0; i < 10_000; i++) {
      const [, cancel] = withTimeout(signal, 3_600_000);
      counts.add(listeners(signal));
      cancel();
    }
    expect([...counts]).toEqual([1]);
    expect(listeners(signal)).toBe(0);
  });

  it('has no listener left after it was aborted', () => {
    const controller = new AbortController();
    const { signal } = controller;
    for (let i = 0; i < 100; i++) withCancel(signal);
    afterFunc(signal, () => {});
    controller.abort();
    expect(listeners(signal)).toBe(0);
    withCancel(signal);
    afterFunc(signal, () => {});
    expect(listeners(signal)).toBe(0);
  });

  it('keeps the listeners of others', () => {
    const { signal } = new AbortController();
    const own = { handleEvent: (): never => expect.unreachable() };
    signal.addEventListener('abort', own);
    const [, cancel] = withCancel(signal);
    expect(listeners(signal)).toBe(2);
    cancel();
    expect(getEventListeners(signal, 'abort')).toEqual([own]);
  });

  it('makes no warning about a leak, however much hangs on it', async () => {
    const warnings: Error[] = [];
    const record = (warning: Error): unknown => warnings.push(warning);
    process.on('warning', record);
    const { signal } = new AbortController();
    const cancels = Array.from({ length: 100 }, () => withCancel(signal)[1]);
    await new Promise(setImmediate);
    process.off('warning', record);
    for (const cancel of cancels) cancel();
    expect(warnings).toEqual([]);
  });

  it.each<[string, (parent: Context) => () => unknown]>([
    ['withCancel()', (parent) => withCancel(parent)[1]],
    ['withTimeout()', (parent) => withTimeout(parent, 3_600_000)[1]],
    ['afterFunc()', (parent) => afterFunc(parent, () => {})],
  ])('is let go of when the one thing on it ends: %s [go: TestCancelRemoves]', (_, hang) => {
    const { signal } = new AbortController();
    expect(listeners(signal)).toBe(0);
    const end = hang(from(signal));
    expect(listeners(signal)).toBe(1);
    end();
    expect(listeners(signal)).toBe(0);
  });
});

describe('a foreign Context', () => {
  it('has one listener for its children, and none when they are gone [go: TestCustomContextAfterFuncUnregisterCancel]', () => {
    const parent = new ForeignContext();
    const [, cancel1] = withCancel(parent);
    const [, cancel2] = withCancel(parent);
    expect(listeners(parent.signal)).toBe(1);
    cancel1();
    cancel2();
    expect(listeners(parent.signal)).toBe(0);
  });

  it('has one listener for a deadline, and none when that is gone [go: TestCustomContextAfterFuncUnregisterTimeout]', () => {
    const parent = new ForeignContext();
    const [, cancel] = withTimeout(parent, 3_600_000);
    expect(listeners(parent.signal)).toBe(1);
    cancel();
    expect(listeners(parent.signal)).toBe(0);
  });

  it('has one listener for a callback, and none when that is gone [go: TestCustomContextAfterFuncUnregisterAfterFunc]', () => {
    const parent = new ForeignContext();
    const stop = afterFunc(parent, () => {});
    expect(listeners(parent.signal)).toBe(1);
    stop();
    expect(listeners(parent.signal)).toBe(0);
  });

  it('has a listener only where the tree is left [go: TestCustomContextGoroutines]', () => {
    const [ctx1, cancel1] = withCancel(background());
    // A context that passes ours on shows our signal: still the tree.
    const [ctx3] = withCancel(new WrappingContext(ctx1));
    const [ctx4] = withTimeout(ctx3, 3_600_000);
    const [ctx5, cancel5] = withCancel(ctx4);
    for (const { signal } of [ctx1, ctx3, ctx4, ctx5]) expect(listeners(signal)).toBe(0);
    cancel5();
    expect(ctx5.err).not.toBe(ctx1.err);
    const foreign = new ForeignContext();
    const [ctx6, cancel6] = withCancel(foreign);
    withCancel(ctx6);
    expect(listeners(foreign.signal)).toBe(1);
    expect(listeners(ctx6.signal)).toBe(0);
    cancel6();
    cancel1();
    withCancel(ctx5);
    expect(listeners(foreign.signal)).toBe(0);
  });
});

describe('background()', () => {
  it('has no listeners on its signal, however many are added', () => {
    const { signal } = background();
    for (let i = 0; i < 100; i++) signal.addEventListener('abort', () => {});
    signal.addEventListener('abort', () => {}, { once: true });
    expect(listeners(signal)).toBe(0);
  });
});
