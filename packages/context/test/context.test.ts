import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  background,
  createKey,
  todo,
  withCancel,
  withCancelCause,
  withDeadline,
  withTimeout,
  withValue,
  withoutCancel,
} from '@gosync/context';

describe('String(ctx)', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: Date.UTC(2024, 0, 1) });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('shows the whole chain, root first', () => {
    const user = createKey<number>('user');
    const [canceled] = withCancel(background());
    expect(String(withValue(canceled, user, 1))).toBe(
      'context.Background.WithCancel.WithValue(user)',
    );
    const [caused] = withCancelCause(withoutCancel(withValue(todo(), user, 1)));
    expect(String(caused)).toBe('context.TODO.WithValue(user).WithoutCancel.WithCancel');
    expect(caused.toString()).toBe(String(caused));
  });

  it('shows a deadline and how far away it is', () => {
    const [ctx] = withTimeout(background(), 1_500);
    expect(String(ctx)).toBe('context.Background.WithDeadline(2024-01-01T00:00:01.500Z [1.5s])');
    vi.advanceTimersByTime(2_000);
    expect(String(ctx)).toBe('context.Background.WithDeadline(2024-01-01T00:00:01.500Z [-0.5s])');
  });

  it('shows a deadline that no Date can hold', () => {
    expect(String(withTimeout(background(), 1e20)[0])).toMatch(/WithDeadline\(1000\d+ .*\[/);
    expect(String(withDeadline(background(), -Infinity)[0])).toMatch(/WithDeadline\(-Infinity/);
  });

  it('shows keys of any type, and no values', () => {
    const secret = 'secret';
    const shown: (readonly [unknown, string])[] = [
      ['text', 'text'],
      [7, '7'],
      [7n, '7'],
      [true, 'true'],
      [Symbol('symbol'), 'Symbol(symbol)'],
      [{ secret }, '[object Object]'],
      [{ description: 'described', secret }, 'described'],
      [Object.create(null), '[object Object]'],
      [[secret], '[object Array]'],
      [(): string => secret, '[object Function]'],
    ];
    for (const [key, text] of shown) {
      const ctx = withValue(background(), key, secret);
      expect(String(ctx)).toBe(`context.Background.WithValue(${text})`);
    }
  });

  it('does not change when the context ends', () => {
    const [ctx, cancel] = withCancel(background());
    const live = String(ctx);
    cancel();
    expect(String(ctx)).toBe(live);
  });

  it.each([
    ['withCancel()', withCancel, '.WithCancel'],
    ['withValue()', (parent: typeof root) => [withValue(parent, 'k', 1)], '.WithValue(k)'],
    ['withoutCancel()', (parent: typeof root) => [withoutCancel(parent)], '.WithoutCancel'],
  ] as const)(
    'shows 100,000 times %s without overflowing the stack',
    (_, derive, text) => {
      let ctx = root;
      for (let i = 0; i < 100_000; i++) ctx = derive(ctx)[0] ?? root;
      const shown = String(ctx);
      expect(shown.length).toBe('context.Background'.length + 100_000 * text.length);
      expect(shown.endsWith(text + text)).toBe(true);
    },
    60_000,
  );
});

const root = background();

describe('ContextLike', () => {
  it('does not ask for more than a signal', () => {
    const { signal } = new AbortController();
    expect(withCancel({ signal })[0].err).toBeUndefined();
    expect(withCancel(Object.create({ signal }))[0].err).toBeUndefined();
  });

  it('takes an object with a signal, but without all of a Context, for its signal alone', () => {
    const options = {
      signal: new AbortController().signal,
      deadline: 5,
      value: (): string => 'not a context',
    };
    const [ctx] = withCancel(options);
    expect(ctx.deadline).toBeUndefined();
    expect(ctx.value('key')).toBeUndefined();
    const almost = { ...options, err: undefined, value: 'not a function' };
    expect(withCancel(almost)[0].value('key')).toBeUndefined();
    expect(withCancel(almost)[0].deadline).toBeUndefined();
  });
});

describe('JSON.stringify(ctx)', () => {
  it('gives the chain, not what hangs on it', () => {
    const [ctx] = withCancel(background());
    withCancel(ctx);
    expect(JSON.stringify({ ctx })).toBe('{"ctx":"context.Background.WithCancel"}');
  });
});
