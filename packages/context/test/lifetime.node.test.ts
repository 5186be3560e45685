import { EventEmitter, addAbortListener, once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  type CancelFunc,
  type Context,
  afterFunc,
  background,
  withCancel,
  withTimeout,
  withValue,
} from '@gosync/context';
import { compile, run } from './programs/run.ts';

const exceeded = 'TimeoutError: context deadline exceeded';
const patience = 60_000;

describe('a process', () => {
  let program: string;
  beforeAll(async () => {
    program = await compile('lifetime.ts');
  }, patience);

  it.concurrent.each([
    ['callback', exceeded],
    ['child', exceeded],
    ['listener', exceeded],
    ['events.once()', 'AbortError too slow'],
    ['promise', exceeded],
  ])(
    'lives until a deadline for which alone it waits has passed: %s',
    async (part, output) => {
      expect(await run(program, part)).toEqual({ code: 0, output, errors: '' });
    },
    patience,
  );

  it.concurrent(
    'ends at once when nothing waits for the deadlines that it has set',
    async () => {
      expect(await run(program, 'nothing')).toEqual({
        code: 0,
        output: 'nothing left to do',
        errors: '',
      });
    },
    patience,
  );
});

const later = 3_600_000;
const nothing = (): void => {};

describe('the timer of a deadline', () => {
  let ctx: Context;
  let cancel: CancelFunc;
  let timer: NodeJS.Timeout | undefined;
  beforeEach(() => {
    const setTimer = vi.spyOn(globalThis, 'setTimeout');
    [ctx, cancel] = withTimeout(background(), later);
    timer = setTimer.mock.results[0]?.value;
    setTimer.mockRestore();
  });
  afterEach(() => cancel());

  /** Whether the timer keeps the process alive. */
  const holds = (): boolean | undefined => timer?.hasRef();

  it('does not hold the process when it is set', () => {
    expect(holds()).toBe(false);
  });

  it('does not hold the process when the context has only been looked at', () => {
    ctx.signal.dispatchEvent(new Event('abort'));
    withValue(ctx, 'key', 1);
    expect(String(ctx.err)).toBe('undefined');
    expect(holds()).toBe(false);
  });

  it('holds the process while a callback is registered', () => {
    const stops = [afterFunc(ctx, nothing), afterFunc(withValue(ctx, 'key', 1), nothing)];
    expect(holds()).toBe(true);
    stops[0]?.();
    expect(holds()).toBe(true);
    stops[1]?.();
    expect(holds()).toBe(false);
    stops[1]?.();
    expect(holds()).toBe(false);
  });

  it('holds the process while a child lives', () => {
    const [child, cancelChild] = withCancel(ctx);
    const [, cancelLeaf] = withTimeout(child, later / 2);
    expect(holds()).toBe(true);
    cancelLeaf();
    expect(holds()).toBe(true);
    cancelChild();
    expect(holds()).toBe(false);
  });

  it('holds the process while a listener is on its signal, or on a child’s', () => {
    const [child, cancelChild] = withCancel(ctx);
    child.signal.addEventListener('abort', nothing);
    expect(holds()).toBe(true);
    cancelChild();
    expect(holds()).toBe(false);
    const listener = { handleEvent: nothing };
    ctx.signal.addEventListener('abort', listener);
    expect(holds()).toBe(true);
    ctx.signal.removeEventListener('abort', listener);
    expect(holds()).toBe(false);
  });

  it('holds the process while one of several listeners is left', () => {
    const other = { handleEvent: nothing };
    ctx.signal.addEventListener('abort', nothing);
    // The platform takes it once, so one removal is enough.
    ctx.signal.addEventListener('abort', nothing, { once: true });
    ctx.signal.addEventListener('abort', other);
    ctx.signal.removeEventListener('abort', nothing);
    ctx.signal.removeEventListener('abort', nothing);
    expect(holds()).toBe(true);
    ctx.signal.removeEventListener('abort', other);
    expect(holds()).toBe(false);
  });

  it('holds the process while there is an onabort handler, and not when it has been taken off', () => {
    const { signal } = ctx;
    Reflect.set(signal, 'onabort', nothing);
    expect(holds()).toBe(true);
    expect(Reflect.get(signal, 'onabort')).toBe(nothing);
    Reflect.set(signal, 'onabort', () => {});
    Reflect.set(signal, 'onabort', null);
    expect(holds()).toBe(false);
    expect(Reflect.get(signal, 'onabort')).toBe(null);
  });

  it('holds the process while a callback or a listener is left', () => {
    const stop = afterFunc(ctx, nothing);
    ctx.signal.addEventListener('abort', nothing);
    stop();
    expect(holds()).toBe(true);
    afterFunc(ctx, nothing)();
    expect(holds()).toBe(true);
    ctx.signal.removeEventListener('abort', nothing);
    expect(holds()).toBe(false);
  });

  it('does not hold the process for listeners that are not there', () => {
    const { signal } = ctx;
    signal.removeEventListener('abort', nothing);
    signal.addEventListener('abort', nothing, { signal: AbortSignal.abort() });
    signal.addEventListener('custom', nothing);
    signal.addEventListener('custom', nothing, true);
    expect(holds()).toBe(false);
    // One with `capture` is another listener, so this removes nothing.
    signal.addEventListener('abort', nothing);
    signal.removeEventListener('abort', nothing, true);
    signal.removeEventListener('abort', nothing, { capture: true });
    signal.removeEventListener('custom', nothing);
    expect(holds()).toBe(true);
    signal.removeEventListener('abort', nothing, { capture: false });
    expect(holds()).toBe(false);
  });

  it('holds the process while Node’s own functions wait', async () => {
    const emitter = new EventEmitter();
    const event = once(emitter, 'event', ctx);
    expect(holds()).toBe(true);
    emitter.emit('event');
    await event;
    expect(holds()).toBe(false);

    const disposable = addAbortListener(ctx.signal, nothing);
    expect(holds()).toBe(true);
    disposable[Symbol.dispose]();
    expect(holds()).toBe(false);

    const timeout = delay(1, 'value', ctx);
    expect(holds()).toBe(true);
    expect(await timeout).toBe('value');
    expect(holds()).toBe(false);
  });

  it('is cleared with the context, and not set again by what comes after', () => {
    const clear = vi.spyOn(globalThis, 'clearTimeout');
    const set = vi.spyOn(globalThis, 'setTimeout');
    const stop = afterFunc(ctx, nothing);
    const { signal } = ctx;
    cancel();
    expect(clear).toHaveBeenCalledWith(timer);
    signal.addEventListener('abort', nothing);
    afterFunc(ctx, nothing);
    withCancel(ctx);
    withTimeout(ctx, 5);
    stop();
    expect(set).not.toHaveBeenCalled();
    clear.mockRestore();
    set.mockRestore();
  });
});
