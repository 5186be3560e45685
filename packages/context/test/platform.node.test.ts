import { AsyncLocalStorage } from 'node:async_hooks';
import { EventEmitter, getEventListeners, on, once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { PassThrough, addAbortSignal } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { formatWithOptions, inspect, transferableAbortSignal } from 'node:util';
import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  afterFunc,
  background,
  cause,
  isCanceled,
  withCancel,
  withCancelCause,
  withTimeout,
  withValue,
} from '@gosync/context';

const later = 3_600_000;

/** What Node's own functions reject with: their error, with ours as its cause. */
async function rejection(promise: Promise<unknown>): Promise<Error> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof Error) return error;
  throw new TypeError(`not rejected with an error: ${String(error)}`);
}

describe('setTimeout(ms, value, ctx) of node:timers/promises', () => {
  it('resolves under a live context, and leaves nothing on it', async () => {
    const [ctx] = withCancel(background());
    expect(await delay(0, 'value', ctx)).toBe('value');
    expect(getEventListeners(ctx.signal, 'abort')).toEqual([]);
    expect(await delay(0, 'value', background())).toBe('value');
  });

  it('rejects when the context ends, with its cause behind an AbortError', async () => {
    const [ctx, cancel] = withCancelCause(background());
    const timeout = delay(later, undefined, ctx);
    cancel('no longer wanted');
    const error = await rejection(timeout);
    expect(isCanceled(error)).toBe(true);
    expect(error.cause).toBe('no longer wanted');
    expect(isCanceled(await rejection(delay(later, undefined, ctx)))).toBe(true);
  });

  it('rejects when the deadline passes', async () => {
    const [ctx] = withTimeout(background(), 1);
    const error = await rejection(delay(later, undefined, ctx));
    expect(isCanceled(error)).toBe(true);
    expect(error.cause).toBe(cause(ctx));
  });
});

describe('node:events with a context', () => {
  it('rejects once() when the context ends, and leaves nothing on it', async () => {
    const [ctx, cancel] = withCancel(background());
    const emitter = new EventEmitter();
    const event = once(emitter, 'event', ctx);
    cancel();
    expect((await rejection(event)).cause).toBe(ctx.err);
    expect(emitter.listenerCount('event')).toBe(0);
  });

  it('resolves once() before the context ends, and leaves nothing on it', async () => {
    const [ctx] = withTimeout(background(), Infinity);
    const emitter = new EventEmitter();
    const event = once(emitter, 'event', ctx);
    emitter.emit('event', 'value');
    expect(await event).toEqual(['value']);
    expect(getEventListeners(ctx.signal, 'abort')).toEqual([]);
  });

  it('ends the iteration of on() when the context ends', async () => {
    const [ctx, cancel] = withCancel(background());
    const emitter = new EventEmitter();
    const events = on(emitter, 'event', ctx);
    emitter.emit('event', 1);
    expect((await events.next()).value).toEqual([1]);
    const next = events.next();
    cancel();
    expect(isCanceled(await rejection(next))).toBe(true);
  });
});

describe('a server that does not answer', () => {
  it('is left by fetch() when the context is canceled, with the very cause', async () => {
    const server = createServer();
    const requested = once(server, 'request');
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (typeof address !== 'object' || !address) throw new TypeError('not a TCP server');
    const [ctx, cancel] = withCancelCause(background());
    const response = fetch(`http://127.0.0.1:${address.port}`, ctx);
    await requested;
    const reason = new Error('no longer wanted');
    cancel(reason);
    await expect(response).rejects.toBe(reason);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
});

describe('streams and files', () => {
  it('are ended by the context: addAbortSignal()', async () => {
    const [ctx, cancel] = withCancelCause(background());
    const stream = addAbortSignal(ctx.signal, new PassThrough());
    const failed = once(stream, 'error');
    cancel('enough');
    const [error]: unknown[] = await failed;
    expect(isCanceled(error)).toBe(true);
    expect(error).toHaveProperty('cause', 'enough');
  });

  it('are ended by the context: readFile(path, ctx)', async () => {
    const [ctx, cancel] = withCancel(background());
    const read = readFile(new URL(import.meta.url), ctx);
    expect((await read).length).toBeGreaterThan(0);
    cancel();
    expect(isCanceled(await rejection(readFile(new URL(import.meta.url), ctx)))).toBe(true);
  });
});

/** The copy that a worker would get. */
function transfer(signal: AbortSignal): AbortSignal {
  const { port1, port2 } = new MessageChannel();
  const transferable = transferableAbortSignal(signal);
  port1.postMessage(transferable, [transferable]);
  const received = receiveMessageOnPort(port2);
  port1.close();
  const copy: unknown = received?.message;
  if (copy instanceof AbortSignal) return copy;
  throw new TypeError('no signal came');
}

describe('util.transferableAbortSignal(ctx.signal)', () => {
  it('gives a copy that aborts like the original', async () => {
    const [ctx, cancel] = withCancelCause(background());
    const copy = transfer(ctx.signal);
    expect(copy.aborted).toBe(false);
    const aborted = once(copy, 'abort');
    cancel('over');
    await aborted;
    expect(copy.aborted).toBe(true);
  });

  it('gives a copy that is aborted when the original is', () => {
    const [ctx, cancel] = withCancelCause(background());
    cancel('over');
    expect(transfer(ctx.signal).aborted).toBe(true);
  });
});

describe('util.inspect(ctx.signal)', () => {
  it('shows a signal of the platform', () => {
    const [ctx, cancel] = withCancel(background());
    expect(inspect(ctx.signal)).toBe('AbortSignal { aborted: false }');
    cancel();
    expect(inspect(ctx.signal)).toBe('AbortSignal { aborted: true }');
  });
});

describe('util.inspect(ctx)', () => {
  it('shows what String(ctx) shows, at any depth', () => {
    const [parent] = withCancel(withValue(background(), 'key', 'secret'));
    const [ctx] = withTimeout(parent, Infinity);
    expect(inspect(ctx)).toBe('context.Background.WithValue(key).WithCancel.WithCancel');
    expect(inspect({ ctx })).toBe(`{ ctx: ${String(ctx)} }`);
    expect(inspect([[[[ctx]]]], { depth: 0 })).toBe('[ [Array] ]');
    expect(formatWithOptions({ colors: false }, '%s %o %O', ctx, ctx, ctx)).toBe(
      `${String(ctx)} ${String(ctx)} ${String(ctx)}`,
    );
    expect(inspect(background())).toBe('context.Background');
  });
});

describe('a printed error of a context', () => {
  it('starts with its name, and shows its cause', () => {
    const [ctx, cancel] = withCancelCause(background());
    cancel(new Error('user left'));
    expect(ctx.err?.stack).toMatch(/^AbortError: context canceled\n/);
    expect(inspect(ctx.err)).toMatch(
      /^CanceledError \[AbortError\]: context canceled\n[^]*cause\]: Error: user left/,
    );
    const late = withTimeout(background(), 0)[0].err;
    expect(late?.stack).toMatch(/^TimeoutError: context deadline exceeded\n/);
  });
});

describe('AsyncLocalStorage', () => {
  const storage = new AsyncLocalStorage<string>();
  afterEach(() => {
    vi.useRealTimers();
  });

  it('is the canceler’s in callbacks and listeners, which run inside cancel', () => {
    const [ctx, cancel] = withCancel(background());
    const seen: unknown[] = [];
    const look = (): unknown => seen.push(storage.getStore());
    storage.run('registers', () => {
      afterFunc(ctx, look);
      ctx.signal.addEventListener('abort', look);
    });
    storage.run('cancels', () => cancel());
    expect(seen).toEqual(['cancels', 'cancels']);
  });

  it('is that of whoever called afterFunc() when the context was done', async () => {
    const seen: unknown[] = [];
    storage.run('registers', () => {
      afterFunc(AbortSignal.abort(), () => seen.push(storage.getStore()));
    });
    await Promise.resolve();
    expect(seen).toEqual(['registers']);
  });

  it('is that of whoever set the deadline when that passes', async () => {
    const seen: unknown[] = [];
    const [ctx] = storage.run('sets', () => withTimeout(background(), 1));
    await storage.run(
      'registers',
      () =>
        new Promise<void>((resolve) => {
          afterFunc(ctx, () => {
            seen.push(storage.getStore());
            resolve();
          });
        }),
    );
    expect(seen).toEqual(['sets']);
  });
});
