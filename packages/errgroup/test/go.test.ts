import { background } from '@gosync/context';
import { Group, withContext } from '@gosync/errgroup';
import { describe, expect, it, vi } from 'vitest';
import { Deferred, drain, watch } from '@gosync/testing/microtasks';

/** Tasks that run until the test ends them, and the order in which they began. */
class Tasks {
  readonly begun: string[] = [];
  private readonly ends = new Map<string, Deferred>();

  task(name: string): () => Promise<void> {
    const end = new Deferred();
    this.ends.set(name, end);
    return () => {
      this.begun.push(name);
      return end.promise;
    };
  }

  end(name: string): void {
    this.ends.get(name)?.resolve();
  }
}

/** A value that has no text, and cannot be read. */
function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

describe('Group.go()', () => {
  it('calls the task synchronously when there is no limit', async () => {
    const group = new Group();
    const log: string[] = [];
    void group.go(() => log.push('called'));
    log.push('returned');
    await group.wait();
    expect(log).toEqual(['called', 'returned']);
  });

  it('calls the task synchronously when there is room', () => {
    const group = new Group();
    group.setLimit(2);
    const f = vi.fn<() => Promise<void>>(() => new Deferred().promise);
    void group.go(f);
    void group.go(f);
    expect(f).toHaveBeenCalledTimes(2);
  });

  it('resolves with nothing once the task has begun, while it runs and however it ends', async () => {
    const group = new Group();
    const outcomes = [
      watch(group.go(() => new Deferred().promise)),
      watch(group.go(() => 'result')),
      watch(group.go(() => Promise.reject(new Error('rejected')))),
      watch(
        group.go(() => {
          throw new Error('thrown');
        }),
      ),
    ];
    await drain();
    const begun = { state: 'fulfilled', result: undefined };
    expect(outcomes).toEqual([begun, begun, begun, begun]);
  });

  it('queues at the limit, in order, and calls each task when it has its place', async () => {
    const tasks = new Tasks();
    const group = new Group();
    group.setLimit(2);
    for (const name of 'abcde') void group.go(tasks.task(name));
    await drain();
    expect(tasks.begun.join('')).toBe('ab');
    tasks.end('b');
    await drain();
    expect(tasks.begun.join('')).toBe('abc');
    tasks.end('a');
    tasks.end('c');
    await drain();
    expect(tasks.begun.join('')).toBe('abcde');
    tasks.end('d');
    tasks.end('e');
    await group.wait();
  });

  it('resolves only when the task has been called', async () => {
    const tasks = new Tasks();
    const group = new Group();
    group.setLimit(1);
    void group.go(tasks.task('a'));
    const queued = group.go(tasks.task('b'));
    const outcome = watch(queued);
    const begunThen = queued.then(() => [...tasks.begun]);
    await drain();
    expect(outcome.state).toBe('pending');
    tasks.end('a');
    await expect(begunThen).resolves.toEqual(['a', 'b']);
    tasks.end('b');
  });

  it('is back-pressure for a producer that awaits it', async () => {
    const tasks = new Tasks();
    const group = new Group();
    group.setLimit(2);
    let produced = 0;
    const producer = watch(
      (async () => {
        for (const name of 'abcd') {
          await group.go(tasks.task(name));
          produced++;
        }
      })(),
    );
    await drain();
    expect([tasks.begun.length, produced]).toEqual([2, 2]);
    tasks.end('a');
    await drain();
    expect([tasks.begun.length, produced]).toEqual([3, 3]);
    tasks.end('b');
    await drain();
    expect(producer.state).toBe('fulfilled');
  });

  it('begins what was let in from the queue before what came later', async () => {
    const tasks = new Tasks();
    const group = new Group();
    group.setLimit(2);
    for (const name of ['a', 'b', 'queued']) void group.go(tasks.task(name));
    tasks.end('a');
    tasks.end('b');
    // Runs when both have ended, and the queued one has its place but has not been called.
    queueMicrotask(() => void group.go(tasks.task('later')));
    await drain();
    expect(tasks.begun).toEqual(['a', 'b', 'queued', 'later']);
  });

  it('never runs more tasks at once than the limit [go: TestGoLimit]', async () => {
    const limit = 10;
    const group = new Group();
    group.setLimit(limit);
    let active = 0;
    let peak = 0;
    for (let i = 0; i <= 1 << 10; i++) {
      void group.go(async () => {
        peak = Math.max(peak, ++active);
        if (active > limit) throw new Error(`saw ${active} active tasks; want at most ${limit}`);
        await drain(i % 4);
        active--;
      });
    }
    await group.wait();
    expect([active, peak]).toEqual([0, limit]);
  });

  it('runs what was queued when an error occurred, with a context that tells of it', async () => {
    const [group] = withContext(background());
    group.setLimit(1);
    const seen: unknown[] = [];
    const error = new Error('first');
    void group.go(() => Promise.reject(error));
    for (let i = 0; i < 3; i++) void group.go((ctx) => seen.push(ctx.err?.cause));
    await expect(group.wait()).rejects.toBe(error);
    expect(seen).toEqual([error, error, error]);
  });

  it('runs what is handed over after an error', async () => {
    const [group, ctx] = withContext(background());
    void group.go(() => Promise.reject(new Error('first')));
    await drain();
    expect(ctx.err).toBeDefined();
    const f = vi.fn<() => void>();
    void group.go(f);
    expect(f).toHaveBeenCalledTimes(1);
    await expect(group.wait()).rejects.toThrow('first');
  });

  it.each([
    [undefined, '[object Undefined]'],
    [null, '[object Null]'],
    [Promise.resolve(), '[object Promise]'],
    ['f', '[object String]'],
    [{}, '[object Object]'],
  ])('rejects with a TypeError for %o, and leaves the group as it was', async (f, text) => {
    const [group, ctx] = withContext(background());
    await expect(Reflect.apply(group.go, group, [f])).rejects.toThrow(
      new TypeError(`errgroup: task is not a function: ${text}`),
    );
    expect(ctx.err).toBe(undefined);
    group.setLimit(1);
    await expect(group.wait()).resolves.toBe(undefined);
  });

  it('rejects with a TypeError for a value that cannot be read', async () => {
    const call: PromiseLike<void> = Reflect.apply(Group.prototype.go, new Group(), [revoked()]);
    await expect(call).rejects.toThrow(new TypeError('errgroup: task is not a function: object'));
  });

  it('rejects with an Error when the limit is zero, and leaves the group as it was', async () => {
    const [group, ctx] = withContext(background());
    group.setLimit(0);
    const f = vi.fn<() => void>();
    await expect(group.go(f)).rejects.toThrow(
      new Error('errgroup: go would wait for ever: limit 0'),
    );
    expect(ctx.err).toBe(undefined);
    group.setLimit(1);
    await expect(group.wait()).resolves.toBe(undefined);
    expect(f).not.toHaveBeenCalled();
  });
});
