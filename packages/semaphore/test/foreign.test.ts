import { background, withCancelCause } from '@gosync/context';
import { Weighted } from '@gosync/semaphore';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { foreignContext, HalfSignal } from './hostile.ts';
import { drain, watch } from '@gosync/testing/microtasks';

/** What was thrown where nobody could catch it. */
const reported: unknown[] = [];

function collectReports(): void {
  vi.stubGlobal('queueMicrotask', (f: () => void) => {
    try {
      f();
    } catch (error) {
      reported.push(error);
    }
  });
}

afterEach(() => {
  vi.unstubAllGlobals();
  reported.length = 0;
});

describe('Weighted.release() with waiters under foreign signals', () => {
  it('grants all that fit, and throws nothing, when a signal has no removeEventListener', async () => {
    const sem = new Weighted(3);
    sem.tryAcquire(3);
    const signals = [new HalfSignal(), new HalfSignal()] as const;
    const outcomes = [
      watch(sem.acquire(signals[0])),
      watch(sem.acquire(signals[1])),
      watch(sem.acquire(new AbortController().signal)),
    ];
    collectReports();
    sem.release(3);
    expect([sem.available, sem.waiting]).toEqual([0, 0]);
    await drain();
    expect(outcomes.map(({ state }) => state)).toEqual(Array(3).fill('fulfilled'));
    expect(reported).toEqual([]);
    sem.release(3);
    expect(sem.available).toBe(3);
  });

  it('grants all that fit when the signal of a context can no longer be read', async () => {
    const sem = new Weighted(2);
    sem.tryAcquire(2);
    const { signal } = new AbortController();
    const read = vi.fn<() => AbortSignal>(() => signal);
    const outcomes = [watch(sem.acquire(foreignContext(read))), watch(sem.acquire())];
    read.mockImplementation(() => {
      throw new Error('gone');
    });
    sem.release(2);
    await drain();
    expect(outcomes.map(({ state }) => state)).toEqual(['fulfilled', 'fulfilled']);
    expect([sem.available, sem.waiting]).toEqual([0, 0]);
  });

  it('grants each waiter once when a signal releases while it is asked', async () => {
    const sem = new Weighted(2);
    sem.tryAcquire(2);
    const signal = new HalfSignal();
    const outcomes = [
      watch(sem.acquire(signal)),
      watch(sem.acquire()),
      watch(sem.acquire(signal, 2)),
    ];
    signal.asked = () => {
      signal.asked = undefined;
      sem.release();
    };
    collectReports();
    sem.release();
    expect([sem.available, sem.waiting]).toEqual([0, 1]);
    await drain();
    expect(outcomes.map(({ state }) => state)).toEqual(['fulfilled', 'fulfilled', 'pending']);
    sem.release(2);
    await drain();
    expect(outcomes[2]?.state).toBe('fulfilled');
    expect([sem.available, sem.waiting]).toEqual([0, 0]);
  });

  it('grants nothing beyond the size when a signal resizes while it is asked', async () => {
    const sem = new Weighted(2);
    sem.tryAcquire(2);
    const signal = new HalfSignal();
    const outcome = watch(sem.acquire(signal, 2));
    signal.asked = () => sem.resize(1);
    sem.release(2);
    await drain();
    expect([outcome.state, sem.available, sem.waiting]).toEqual(['pending', 1, 1]);
    signal.asked = undefined;
    collectReports();
    sem.resize(2);
    await drain();
    expect([outcome.state, sem.available, sem.waiting]).toEqual(['fulfilled', 0, 0]);
  });
});

describe('the end of a foreign context', () => {
  it('rejects its waiters with what it throws, and grants the next, when it cannot be asked why', async () => {
    const sem = new Weighted(2);
    sem.tryAcquire();
    const controller = new AbortController();
    const read = vi.fn<() => AbortSignal>(() => controller.signal);
    const ctx = foreignContext(read);
    const outcomes = [watch(sem.acquire(ctx, 2)), watch(sem.acquire(ctx)), watch(sem.acquire())];
    const gone = new Error('gone');
    read.mockImplementation(() => {
      throw gone;
    });
    controller.abort('enough');
    await drain();
    expect(outcomes.map(({ state }) => state)).toEqual(['rejected', 'rejected', 'fulfilled']);
    expect(outcomes.slice(0, 2).map(({ result }) => result)).toEqual([gone, gone]);
    expect([sem.available, sem.waiting]).toEqual([0, 0]);
  });
});

describe('Weighted.acquire() under a foreign context', () => {
  it('rejects with the reason of its signal, when that is aborted and the context has no error yet', async () => {
    const sem = new Weighted(1);
    const ctx = foreignContext(() => AbortSignal.abort('enough'));
    await expect(sem.acquire(ctx)).rejects.toBe('enough');
    await expect(sem.permit(ctx)).rejects.toBe('enough');
    await expect(sem.run(ctx, () => expect.unreachable())).rejects.toBe('enough');
    expect(sem.available).toBe(1);
  });

  it('rejects with what its signal throws when it is asked, and takes nothing', async () => {
    const sem = new Weighted(1);
    const gone = new Error('gone');
    const ctx = foreignContext(() => {
      throw gone;
    });
    await expect(sem.acquire(ctx)).rejects.toBe(gone);
    expect([sem.available, sem.waiting]).toEqual([1, 0]);
  });

  it('rejects when its signal takes no listener, and holds up nobody', async () => {
    const sem = new Weighted(1);
    sem.tryAcquire();
    const signal = new HalfSignal();
    signal.listened = () => {
      throw new Error('no listeners');
    };
    await expect(sem.acquire(signal)).rejects.toThrow('no listeners');
    const next = watch(sem.acquire());
    sem.release();
    await drain();
    expect([next.state, sem.available, sem.waiting]).toEqual(['fulfilled', 0, 0]);
  });

  it('is granted when its signal releases while it gets its listener', async () => {
    const sem = new Weighted(1);
    sem.tryAcquire();
    const signal = new HalfSignal();
    signal.listened = () => sem.release();
    collectReports();
    const outcome = watch(sem.acquire(signal));
    await drain();
    expect([outcome.state, sem.available, sem.waiting]).toEqual(['fulfilled', 0, 0]);
  });
});

describe('a `Promise` that was replaced after the import', () => {
  it('is used by no method', async () => {
    const [ctx, cancel] = withCancelCause(background());
    const sem = new Weighted(1);
    const Native = Promise;
    vi.stubGlobal('Promise', undefined);
    const promises = [
      sem.permit(),
      sem.acquire(ctx),
      sem.acquire(-1),
      sem.permit(),
      sem.run(() => 1),
    ];
    cancel('enough');
    const late = sem.acquire(ctx);
    sem.release();
    sem.release();
    vi.unstubAllGlobals();
    const settled = await Promise.allSettled([...promises, late]);
    expect(settled.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'rejected',
      'fulfilled',
      'fulfilled',
      'rejected',
    ]);
    expect([...promises, late].every((promise) => promise instanceof Native)).toBe(true);
  });
});

describe('a misuse', () => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  const throwing = {
    get [Symbol.toStringTag](): string {
      throw new Error('no tag');
    },
    toString: () => {
      throw new Error('no text');
    },
  };

  it.each([
    ['[object Object]', Object.create(null)],
    ['[object]', proxy],
    ['[object]', throwing],
    ['[object Array]', [1]],
    ['[object Function]', () => 1],
    ['Symbol(1)', Symbol('1')],
    ['undefined', undefined],
  ])('is named %s, whatever the value does when it is looked at', async (text, value) => {
    const message = `semaphore: size is not a non-negative safe integer: ${text}`;
    expect(() => Reflect.construct(Weighted, [value])).toThrow(new RangeError(message));
    if (value === undefined) return;
    const acquired: unknown = Reflect.apply(Weighted.prototype.acquire, new Weighted(1), [
      background(),
      value,
    ]);
    await expect(acquired).rejects.toThrow(new RangeError(message.replace('size', 'weight')));
  });

  it.each([
    ['[object]', proxy],
    ['[object]', throwing],
    ['[object Object]', Object.create(null)],
  ])('of run is named %s', async (text, value) => {
    await expect(Reflect.apply(Weighted.prototype.run, new Weighted(1), [value])).rejects.toThrow(
      new TypeError(`semaphore: task is not a function: ${text}`),
    );
  });
});
