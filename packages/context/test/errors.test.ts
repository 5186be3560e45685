import { describe, expect, it } from 'vitest';
import {
  CanceledError,
  DeadlineExceededError,
  background,
  from,
  isCanceled,
  isDeadlineExceeded,
  withCancel,
  withTimeout,
} from '@gosync/context';

function named(name: string, properties: object = {}): Error {
  return Object.assign(new Error('some failure'), { name }, properties);
}

const neither: unknown[] = [
  undefined,
  null,
  0,
  20,
  '',
  'AbortError',
  Symbol('AbortError'),
  (): void => {},
  {},
  [],
  new Error('context canceled'),
  new TypeError('AbortError'),
  named('AbortError'),
  named('TimeoutError'),
  named('TimeoutError', { code: 'ETIMEDOUT' }),
  named('Error', { code: 'ABORT_ERR' }),
  named('Error', { code: 20 }),
  new DOMException('no', 'NotFoundError'),
  new Error('wrapped', { cause: new CanceledError() }),
  new Error('wrapped', { cause: new DeadlineExceededError() }),
];

describe('CanceledError', () => {
  it('looks like the platform’s abort errors', () => {
    const err = new CanceledError();
    expect(err).toBeInstanceOf(Error);
    expect(err.name).toBe('AbortError');
    expect(err.message).toBe('context canceled');
    expect(err.code).toBe('ABORT_ERR');
    expect(String(err)).toBe('AbortError: context canceled');
    expect(err).not.toBeInstanceOf(DeadlineExceededError);
  });

  it('has a cause only when it is given one', () => {
    expect(new CanceledError()).not.toHaveProperty('cause');
    expect(new CanceledError({ cause: undefined })).toHaveProperty('cause', undefined);
    expect(new CanceledError({ cause: 'x' }).cause).toBe('x');
  });
});

describe('DeadlineExceededError', () => {
  it('looks like the platform’s timeout errors, and says that it is one [go: TestDeadlineExceededSupportsTimeout]', () => {
    const err = new DeadlineExceededError();
    expect(err).toBeInstanceOf(Error);
    expect(err.name).toBe('TimeoutError');
    expect(err.message).toBe('context deadline exceeded');
    expect(String(err)).toBe('TimeoutError: context deadline exceeded');
    expect(err).not.toBeInstanceOf(CanceledError);
  });

  it('has the code of a network timeout [go: TestDeadlineExceededIsNetError]', () => {
    expect(new DeadlineExceededError().code).toBe('ETIMEDOUT');
  });

  it('has a cause only when it is given one', () => {
    expect(new DeadlineExceededError()).not.toHaveProperty('cause');
    expect(new DeadlineExceededError({ cause: 'x' }).cause).toBe('x');
  });
});

describe.each([
  ['CanceledError', CanceledError, isCanceled],
  ['DeadlineExceededError', DeadlineExceededError, isDeadlineExceeded],
] as const)('%s', (_, Type, is) => {
  it('has a name and a code that can be assigned, as those of any error', () => {
    const err: Error & { code: string } = new Type();
    const { name } = err;
    err.name = 'Renamed';
    err.code = 'E_OTHER';
    expect([err.name, err.code]).toEqual(['Renamed', 'E_OTHER']);
    expect(new Type().name).toBe(name);
  });

  it('is known when it comes back as a structured clone, where the stack begins with the name', () => {
    const err = new Type();
    const clone: unknown = structuredClone(err);
    expect(clone).not.toBeInstanceOf(Type);
    // As V8's does (Chromium, Node, Deno, workerd); nothing else of the name is left in a clone.
    const isKnown = String(err.stack).startsWith(`${err.name}: `);
    expect([isCanceled(clone), isDeadlineExceeded(clone)]).toEqual([
      isKnown && is === isCanceled,
      isKnown && is === isDeadlineExceeded,
    ]);
  });
});

describe.each([isCanceled, isDeadlineExceeded])('%o', (is) => {
  it('is false for what cannot be read', () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    const throwing = {
      get name(): string {
        throw new Error('unreadable');
      },
    };
    expect([is(proxy), is(throwing), is(Object.create(null))]).toEqual([false, false, false]);
  });
});

/** As of a DOM whose exceptions have no code. */
const codeless = (name: string): Error => {
  // A property names its class; a bundler may rename a declaration.
  const dom = { DOMException: class extends Error {} };
  return Object.assign(new dom.DOMException('any text'), { name });
};

describe('Context.err', () => {
  it('is an error of its own when the reason is a structured clone of one, which is its cause', () => {
    const controller = new AbortController();
    const clone: unknown = structuredClone(new CanceledError());
    controller.abort(clone);
    const { err } = from(controller.signal);
    expect(err).toBeInstanceOf(CanceledError);
    expect(err?.cause).toBe(clone);
  });
});

describe('isCanceled()', () => {
  it.each([
    ['an error of ours', new CanceledError()],
    ['an error of ours with a cause', new CanceledError({ cause: 'x' })],
    ['what AbortController aborts with', AbortSignal.abort().reason],
    ['a DOMException', new DOMException('any text', 'AbortError')],
    ['a DOMException of another DOM', codeless('AbortError')],
    ['an error like Node’s', named('AbortError', { code: 'ABORT_ERR' })],
  ])('is true for %s', (_, err) => {
    expect(isCanceled(err)).toBe(true);
    expect(isDeadlineExceeded(err)).toBe(false);
  });

  it('is true for the error of a context that was canceled', () => {
    const [ctx, cancel] = withCancel(background());
    expect(isCanceled(ctx.err)).toBe(false);
    cancel();
    expect(isCanceled(ctx.err)).toBe(true);
  });

  it.each(neither)('is false for %o', (err) => {
    expect(isCanceled(err)).toBe(false);
  });
});

describe('isDeadlineExceeded()', () => {
  it.each([
    ['an error of ours', new DeadlineExceededError()],
    ['an error of ours with a cause', new DeadlineExceededError({ cause: 'x' })],
    ['a DOMException', new DOMException('any text', 'TimeoutError')],
    ['a DOMException of another DOM', codeless('TimeoutError')],
  ])('is true for %s', (_, err) => {
    expect(isDeadlineExceeded(err)).toBe(true);
    expect(isCanceled(err)).toBe(false);
  });

  it('is true for the error of a context whose time is up', () => {
    const [ctx] = withTimeout(background(), 0);
    expect(isDeadlineExceeded(ctx.err)).toBe(true);
  });

  it('is true for what AbortSignal.timeout aborts with', async () => {
    const signal = AbortSignal.timeout(0);
    // On its own it would not keep the process, or the test, alive.
    const timer = setInterval(() => {}, 1);
    if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve));
    clearInterval(timer);
    expect(isDeadlineExceeded(signal.reason)).toBe(true);
  });

  it.each(neither)('is false for %o', (err) => {
    expect(isDeadlineExceeded(err)).toBe(false);
  });
});
