import { background } from '@gosync/context';
import { Group, withContext } from '@gosync/errgroup';
import { describe, expect, it, vi } from 'vitest';
import { Deferred, drain } from '@gosync/testing/microtasks';

function active(n: number): Error {
  return new Error(`errgroup: modify limit while ${n} goroutines in the group are still active`);
}

describe('Group.setLimit()', () => {
  it.each([-1, -7, Number.MIN_SAFE_INTEGER])('lifts the limit with %d', async (n) => {
    const group = new Group();
    group.setLimit(1);
    group.setLimit(n);
    const end = new Deferred();
    const f = vi.fn<() => Promise<void>>(() => end.promise);
    for (let i = 0; i < 1000; i++) expect(group.tryGo(f)).toBe(true);
    expect(f).toHaveBeenCalledTimes(1000);
    end.resolve();
    await group.wait();
  });

  it('throws its own RangeError for a value that has no text', () => {
    const n: unknown = Object.create(null);
    expect(() => Reflect.apply(Group.prototype.setLimit, new Group(), [n])).toThrow(
      new RangeError('errgroup: limit is not a safe integer (negative is none): object'),
    );
  });

  it.each([1, 2, 10])('lets %d tasks run at once', (n) => {
    const group = new Group();
    group.setLimit(n);
    const { promise } = new Deferred();
    const started = Array.from({ length: n + 1 }, () => group.tryGo(() => promise));
    expect(started).toEqual([...Array(n).fill(true), false]);
  });

  it.each([0, -0])('lets nothing start with %d', async (n) => {
    const group = new Group();
    group.setLimit(n);
    expect(group.tryGo(() => expect.unreachable())).toBe(false);
    await expect(group.go(() => expect.unreachable())).rejects.toThrow('limit 0');
  });

  it.each([
    ['1.5', 1.5],
    ['NaN', NaN],
    ['Infinity', Infinity],
    ['9007199254740992', 2 ** 53],
    ['undefined', undefined],
    ['"2"', '2'],
    ['null', null],
  ])('throws a RangeError for %s, and leaves the limit as it was', (text, n) => {
    const group = new Group();
    group.setLimit(1);
    expect(() => Reflect.apply(group.setLimit, group, [n])).toThrow(
      new RangeError(`errgroup: limit is not a safe integer (negative is none): ${text}`),
    );
    const { promise } = new Deferred();
    expect([group.tryGo(() => promise), group.tryGo(() => promise)]).toEqual([true, false]);
  });

  it.each([
    ['from none to one', -1, 1],
    ['from none to none', -1, -1],
    ['from none to zero', -1, 0],
    ['from one to none', 5, -1],
    ['from one to another', 5, 6],
    ['from one to zero', 5, 0],
    ['from one to the same', 5, 5],
  ])('throws while tasks run, %s', async (_name, from, to) => {
    const group = new Group();
    group.setLimit(from);
    const end = new Deferred();
    for (let i = 0; i < 3; i++) void group.go(() => end.promise);
    expect(() => group.setLimit(to)).toThrow(active(3));
    end.resolve();
    await group.wait();
    group.setLimit(to);
  });

  it('throws when the limit was never set and tasks run', async () => {
    const group = new Group();
    const end = new Deferred();
    void group.go(() => end.promise);
    expect(() => group.setLimit(2)).toThrow(active(1));
    expect(() => group.setLimit(-1)).toThrow(active(1));
    end.resolve();
    await group.wait();
  });

  it('names the number of those that run, not of the queued, and changes nothing when it throws', async () => {
    const group = new Group();
    group.setLimit(1);
    const ends = Array.from({ length: 3 }, () => new Deferred());
    const begun: number[] = [];
    ends.forEach(({ promise }, i) => {
      void group.go(() => {
        begun.push(i);
        return promise;
      });
    });
    expect(() => group.setLimit(-1)).toThrow(active(1));
    ends[0]?.resolve();
    await drain();
    expect(() => group.setLimit(5)).toThrow(active(1));
    expect(begun).toEqual([0, 1]);
    ends[1]?.resolve();
    await drain();
    expect(() => group.setLimit(5)).toThrow(active(1));
    ends[2]?.resolve();
    await drain();
    group.setLimit(5);
    await group.wait();
    expect(begun).toEqual([0, 1, 2]);
  });

  it('throws between the end of one task and the beginning of the queued one', async () => {
    const group = new Group();
    group.setLimit(1);
    const end = new Deferred();
    void group.go(() => end.promise);
    let begun = false;
    void group.go(() => {
      begun = true;
    });
    end.resolve();
    const answers: string[] = [];
    for (let depth = 0; depth < 10; depth++) {
      try {
        group.setLimit(1);
        answers.push(`begun ${begun}`);
      } catch (error) {
        answers.push(String(error));
      }
      await Promise.resolve();
    }
    expect([...new Set(answers)]).toEqual([String(active(1)), 'begun true']);
  });

  it('throws when a task of the group calls it', async () => {
    const [group, ctx] = withContext(background());
    void group.go(() => group.setLimit(1));
    await expect(group.wait()).rejects.toThrow(active(1));
    expect(ctx.err?.cause).toEqual(active(1));
  });

  it('takes another limit when all have ended, whether or not anybody waited', async () => {
    const group = new Group();
    void group.go(() => 'synchronous');
    group.setLimit(1);
    const end = new Deferred();
    void group.go(() => end.promise);
    end.reject(new Error('failed'));
    await drain();
    group.setLimit(2);
    const { promise } = new Deferred();
    const started = [1, 2, 3].map(() => group.tryGo(() => promise));
    expect(started).toEqual([true, true, false]);
  });
});
