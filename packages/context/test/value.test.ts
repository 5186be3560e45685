import { describe, expect, it } from 'vitest';
import {
  type Context,
  background,
  createKey,
  withCancel,
  withTimeout,
  withValue,
  withoutCancel,
} from '@gosync/context';
import { ForeignContext, WrappingContext } from './foreign-context.ts';

const k1 = createKey<string | undefined>('k1');
const k2 = createKey<string>('k');
const k3 = createKey<string | undefined>('k');

function read(ctx: Context): (string | undefined)[] {
  return [ctx.value(k1), ctx.value(k2), ctx.value(k3)];
}

describe('Context.value()', () => {
  it('finds the nearest value, through contexts of any make [go: TestValues]', () => {
    const none = undefined;
    expect(read(background())).toEqual([none, none, none]);
    const c1 = withValue(background(), k1, 'c1k1');
    expect(read(c1)).toEqual(['c1k1', none, none]);
    const c2 = withValue(c1, k2, 'c2k2');
    expect(read(c2)).toEqual(['c1k1', 'c2k2', none]);
    const c3 = withValue(c2, k3, 'c3k3');
    expect(read(c3)).toEqual(['c1k1', 'c2k2', 'c3k3']);
    const c4 = withValue(c3, k1, none);
    expect(read(c4)).toEqual([none, 'c2k2', 'c3k3']);
    expect(String(c4)).toBe(
      'context.Background.WithValue(k1).WithValue(k).WithValue(k).WithValue(k1)',
    );

    expect(read(new WrappingContext(background()))).toEqual([none, none, none]);
    const o1 = new WrappingContext(withValue(background(), k1, 'c1k1'));
    expect(read(o1)).toEqual(['c1k1', none, none]);
    const o2 = withValue(o1, k2, 'o2k2');
    expect(read(o2)).toEqual(['c1k1', 'o2k2', none]);
    const o3 = new WrappingContext(c4);
    expect(read(o3)).toEqual([none, 'c2k2', 'c3k3']);
    const o4 = withValue(o3, k3, none);
    expect(read(o4)).toEqual([none, 'c2k2', none]);
  });

  it('finds values above every kind of context', () => {
    const ctx = withValue(background(), k2, 'here');
    const [canceled, cancel] = withCancel(ctx);
    const [timed, cancelTimed] = withTimeout(canceled, 1_000);
    for (const derived of [canceled, timed, withoutCancel(timed), withValue(timed, k1, 'k1')]) {
      expect(derived.value(k2)).toBe('here');
    }
    cancel();
    cancelTimed();
    expect(timed.value(k2)).toBe('here');
  });

  it('asks a foreign context when nothing nearer has the key', () => {
    const foreign = new ForeignContext({ values: [['a', 1] as const, ['b', 2] as const] });
    const ctx = withValue(withCancel(foreign)[0], 'b', 3);
    expect(ctx.value('a')).toBe(1);
    expect(ctx.value('b')).toBe(3);
    expect(ctx.value('c')).toBeUndefined();
    expect(withoutCancel(ctx).value('a')).toBe(1);
  });

  it('compares keys by identity', () => {
    const object = {};
    const ctx = withValue(withValue(background(), object, 'object'), '1', 'text');
    expect(ctx.value(object)).toBe('object');
    expect(ctx.value({})).toBeUndefined();
    expect(ctx.value('1')).toBe('text');
    expect(ctx.value(1)).toBeUndefined();
    expect(ctx.value('__proto__')).toBeUndefined();
    expect(ctx.value('toString')).toBeUndefined();
  });

  it('does not find what a child has', () => {
    const parent = withValue(background(), 'key', 'outer');
    withValue(parent, 'key', 'inner');
    withValue(parent, 'other', 'inner');
    expect(parent.value('key')).toBe('outer');
    expect(parent.value('other')).toBeUndefined();
  });

  it('is undefined for nothing as a key', () => {
    const ctx = withValue(background(), 'key', 1);
    expect(ctx.value(undefined)).toBeUndefined();
    expect(ctx.value(null)).toBeUndefined();
  });
});

describe('withValue()', () => {
  it('throws a TypeError for a key that is nothing [go: TestWithValueChecksKey]', () => {
    // @ts-expect-error -- a caller without types
    expect(() => withValue(background(), undefined, 'bar')).toThrow(TypeError);
    // @ts-expect-error -- a caller without types
    expect(() => withValue(background(), null, 'bar')).toThrow(/^context: nil key/);
  });

  it.each([0, '', false, NaN])('takes %o for a key', (key) => {
    const ctx = withValue(background(), key, 'value');
    // NaN is a key that never matches, as in Go.
    expect(ctx.value(key)).toBe(Number.isNaN(key) ? undefined : 'value');
  });

  it.each([undefined, null, 0, ''])('keeps %o as a value', (value) => {
    const ctx = withValue(withValue(background(), 'key', 'outer'), 'key', value);
    expect(ctx.value('key')).toBe(value);
  });

  it('is done when its parent is, with its error, deadline and signal', () => {
    const [parent, cancel] = withTimeout(background(), 60_000);
    const ctx = withValue(withValue(parent, 'a', 1), 'b', 2);
    expect(ctx.deadline).toBe(parent.deadline);
    expect(ctx.signal).toBe(parent.signal);
    cancel();
    expect(ctx.err).toBe(parent.err);
  });

  it('chains 100,000 deep without overflowing the stack', () => {
    const [parent, cancel] = withTimeout(withValue(background(), 'first', 'found'), 60_000);
    let ctx: Context = parent;
    for (let i = 0; i < 100_000; i++) ctx = withValue(ctx, 'key', i);
    expect(ctx.value('key')).toBe(99_999);
    expect(ctx.value('first')).toBe('found');
    expect(ctx.value('none')).toBeUndefined();
    expect(ctx.err).toBeUndefined();
    expect(ctx.deadline).toBe(parent.deadline);
    const [child] = withCancel(ctx);
    cancel();
    expect(child.err).toBe(ctx.err);
    expect(ctx.signal.aborted).toBe(true);
  }, 60_000);
});

describe('createKey()', () => {
  it('makes a key that differs from every other of the same description', () => {
    const ctx = withValue(background(), k2, 'value');
    expect(ctx.value(k3)).toBeUndefined();
    expect(ctx.value('k')).toBeUndefined();
    expect(k2).not.toBe(k3);
  });

  it('keeps its description', () => {
    expect(k2.description).toBe('k');
    expect(createKey('').description).toBe('');
  });

  it('makes a key that is its description as a string', () => {
    const anything: unknown[] = [k2, createKey('')];
    expect(anything.map(String)).toEqual(['k', '']);
  });

  it.each([undefined, null, 1, Symbol('user'), {}])('throws a TypeError for %o', (description) => {
    // @ts-expect-error -- a caller without types
    expect(() => createKey(description)).toThrow(TypeError);
    // @ts-expect-error -- a caller without types
    expect(() => createKey(description)).toThrow(/^context: /);
  });
});
