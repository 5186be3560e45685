import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  type CancelFunc,
  type Context,
  afterFunc,
  background,
  cause,
  createKey,
  withCancel,
  withCancelCause,
  withDeadline,
  withTimeout,
  withValue,
} from '@gosync/context';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Rejects with the cause when the context is done. */
function done(ctx: Context): Promise<never> {
  return new Promise((_, reject) => {
    afterFunc(ctx, () => reject(cause(ctx)));
  });
}

describe('withCancel()', () => {
  it('ends a producer when its consumer has had enough [go: ExampleWithCancel]', async () => {
    const log: string[] = [];
    async function* numbers(ctx: Context): AsyncGenerator<number> {
      for (let n = 1; !ctx.err; n++) yield n;
      log.push('producer ended');
    }

    const [ctx, cancel] = withCancel(background());
    for await (const n of numbers(ctx)) {
      log.push(String(n));
      if (n === 5) cancel();
    }
    expect(log).toEqual(['1', '2', '3', '4', '5', 'producer ended']);
  });
});

describe('withDeadline()', () => {
  it('ends a wait for what is never ready [go: ExampleWithDeadline]', async () => {
    const [ctx, cancel] = withDeadline(background(), Date.now() + 50);
    using _cancel = cancel;
    const neverReady = new Promise<never>(() => {});
    const wait = Promise.race([neverReady, done(ctx)]);
    vi.advanceTimersByTime(50);
    await expect(wait).rejects.toThrow('context deadline exceeded');
  });
});

describe('withTimeout()', () => {
  it('ends a wait for what is never ready [go: ExampleWithTimeout]', async () => {
    const [ctx, cancel] = withTimeout(background(), 50);
    using _cancel = cancel;
    const wait = done(ctx);
    vi.advanceTimersByTime(50);
    await expect(wait).rejects.toThrow('context deadline exceeded');
  });
});

describe('withValue()', () => {
  it('carries a value to whoever has the key [go: ExampleWithValue]', () => {
    const language = createKey<string>('language');
    const color = createKey<string>('color');
    const ctx = withValue(background(), language, 'Go');
    const shown = [language, color].map(
      (key) => ctx.value(key) ?? `key not found: ${key.description}`,
    );
    expect(shown).toEqual(['Go', 'key not found: color']);
  });
});

/** A condition that tasks wait for: each notification wakes all of them to look again. */
class Condition {
  readonly #waiting: (() => void)[] = [];

  notifyAll(): void {
    for (const wake of this.#waiting.splice(0)) wake();
  }

  async wait(ctx: Context, isMet: () => boolean): Promise<void> {
    const stop = afterFunc(ctx, () => this.notifyAll());
    while (!isMet() && !ctx.err) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    stop();
    if (!isMet()) throw cause(ctx);
  }
}

/** Reads once; a read that lasts longer than `ctx` ends with it. */
async function read(ctx: Context, connection: ReadableStream<string>): Promise<string> {
  const reader = connection.getReader();
  const stop = afterFunc(ctx, () => void reader.cancel());
  const { value } = await reader.read();
  // False: the callback has run, so it was not the peer that ended the stream.
  if (!stop()) throw cause(ctx);
  return value ?? '';
}

/** A context with the values of `ctx` that is done when either of the two is. */
function merge(ctx: Context, other: Context): readonly [Context, CancelFunc] {
  const [merged, cancel] = withCancelCause(ctx);
  const stop = afterFunc(other, () => cancel(cause(other)));
  afterFunc(merged, stop);
  return [merged, cancel];
}

describe('afterFunc()', () => {
  it('wakes those who wait for a condition when their time is up [go: ExampleAfterFunc_cond]', async () => {
    const condition = new Condition();
    const waits = Array.from({ length: 4 }, () => {
      const [ctx] = withTimeout(background(), 1);
      return condition.wait(ctx, () => false);
    });
    const outcomes = Promise.allSettled(waits);
    await vi.advanceTimersByTimeAsync(1);
    expect((await outcomes).map((outcome) => outcome.status)).toEqual(
      Array.from({ length: 4 }, () => 'rejected'),
    );
    await expect(waits[0]).rejects.toThrow('context deadline exceeded');
  });

  it('leaves a wait alone that the condition ends [go: ExampleAfterFunc_cond]', async () => {
    const condition = new Condition();
    let isReady = false;
    const [ctx, cancel] = withTimeout(background(), 1);
    const wait = condition.wait(ctx, () => isReady);
    condition.notifyAll();
    isReady = true;
    condition.notifyAll();
    await wait;
    expect(ctx.err).toBeUndefined();
    cancel();
  });

  it('ends a read from a connection that stays silent [go: ExampleAfterFunc_connection]', async () => {
    const speaking = new ReadableStream<string>({ start: (peer) => peer.enqueue('hello') });
    const [ctx] = withTimeout(background(), 1);
    expect(await read(ctx, speaking)).toBe('hello');
    const answer = read(ctx, new ReadableStream<string>());
    vi.advanceTimersByTime(1);
    await expect(answer).rejects.toThrow('context deadline exceeded');
  });

  it('merges the cancellations of two contexts [go: ExampleAfterFunc_merge]', () => {
    const user = createKey<string>('user');
    const [ctx1] = withCancel(withValue(background(), user, 'Ada'));
    const [ctx2, cancel2] = withCancelCause(background());
    const [merged] = merge(ctx1, ctx2);
    cancel2(new Error('ctx2 canceled'));
    expect(String(cause(merged))).toBe('Error: ctx2 canceled');
    expect(merged.value(user)).toBe('Ada');
    expect(ctx1.err).toBeUndefined();
  });
});
