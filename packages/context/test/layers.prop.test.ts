import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  type CancelFunc,
  type Context,
  DeadlineExceededError,
  background,
  withCancel,
  withTimeout,
  withValue,
} from '@gosync/context';

type Layer = 'value' | 'cancel' | 'timeout';

interface Layers {
  readonly ctx: Context;
  readonly keys: readonly object[];
  readonly cancels: readonly CancelFunc[];
}

function build(layers: readonly Layer[], ms: number): Layers {
  let ctx = background();
  const keys: object[] = [];
  const cancels: CancelFunc[] = [];
  for (const layer of layers) {
    if (layer === 'value') {
      const key = {};
      ctx = withValue(ctx, key, key);
      keys.push(key);
    } else {
      const [child, cancel] = layer === 'cancel' ? withCancel(ctx) : withTimeout(ctx, ms);
      ctx = child;
      cancels.push(cancel);
    }
  }
  return { ctx, keys, cancels };
}

function expectValues({ ctx, keys }: Layers): void {
  for (const key of keys) expect(ctx.value(key)).toBe(key);
}

// At least one of each, in any order.
const layers = fc
  .array(fc.constantFrom<Layer[]>('value', 'cancel', 'timeout'), {
    minLength: 27,
    maxLength: 60,
    size: 'max',
  })
  .chain((some) => {
    const all: Layer[] = [...some, 'value', 'cancel', 'timeout'];
    return fc.shuffledSubarray(all, { minLength: all.length });
  });

describe('layers of contexts', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('are done when any of them is canceled, and keep their values [go: TestLayersCancel]', () => {
    fc.assert(
      fc.property(layers, fc.nat(), (kinds, pick) => {
        const built = build(kinds, 3_600_000_000);
        expect(built.ctx.signal.aborted).toBe(false);
        expect(String(built.ctx)).toMatch(/^context\.Background\./);
        expectValues(built);
        built.cancels[pick % built.cancels.length]?.();
        expect(built.ctx.signal.aborted).toBe(true);
        expect(built.ctx.err?.message).toBe('context canceled');
        expectValues(built);
        vi.clearAllTimers();
      }),
    );
  }, 60_000);

  it('are done when the time of any of them is up, and keep their values [go: TestLayersTimeout]', () => {
    fc.assert(
      fc.property(layers, (kinds) => {
        const built = build(kinds, 10);
        expectValues(built);
        vi.advanceTimersByTime(9);
        expect(built.ctx.signal.aborted).toBe(false);
        vi.advanceTimersByTime(1);
        expect(built.ctx.signal.aborted).toBe(true);
        expect(built.ctx.err).toBeInstanceOf(DeadlineExceededError);
        expectValues(built);
      }),
    );
  }, 60_000);
});
