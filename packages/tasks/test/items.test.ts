import { background, withCancelCause } from '@gosync/context';
import { Weighted } from '@gosync/semaphore';
import { map, stream } from '@gosync/tasks';
import { describe, expect, it } from 'vitest';
import { Deferred, drain, watch } from '@gosync/testing/microtasks';
import { read, Tasks } from './ways.ts';

type Step = IteratorResult<number, unknown>;

/** An iterator that writes down what is asked of it. */
class Recorder implements Iterator<number> {
  taken = 0;
  closed = 0;
  readonly #next: (i: number) => Step;
  readonly #close: () => unknown;

  constructor(next: (i: number) => Step, close: () => unknown = () => {}) {
    this.#next = next;
    this.#close = close;
  }

  next(): Step {
    return this.#next(this.taken++);
  }

  return(): Step {
    this.closed++;
    this.#close();
    return { done: true, value: undefined };
  }

  [Symbol.iterator](): this {
    return this;
  }
}

/** The same, asked through promises. */
class AsyncRecorder implements AsyncIterator<number> {
  taken = 0;
  closed = 0;
  readonly #next: (i: number) => Step | PromiseLike<Step>;
  readonly #close: () => unknown;

  constructor(next: (i: number) => Step | PromiseLike<Step>, close: () => unknown = () => {}) {
    this.#next = next;
    this.#close = close;
  }

  async next(): Promise<Step> {
    return this.#next(this.taken++);
  }

  async return(): Promise<Step> {
    this.closed++;
    await this.#close();
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}

const endless = (i: number): Step => ({ done: false, value: i });
const stuck = (): Promise<Step> => new Promise(() => {});
const kinds = [
  ['an iterator', Recorder],
  ['an async iterator', AsyncRecorder],
] as const;

describe.each(kinds)('%s', (_kind, Kind) => {
  it('is asked when there is room, one at a time, and not again after its end', async () => {
    const source = new Kind((i) => (i < 5 ? endless(i) : { done: true, value: 0 }));
    const tasks = new Tasks();
    const outcome = watch(map(undefined, source, (ctx, i) => tasks.work(ctx, i), { limit: 2 }));
    for (let i = 0; i < 5; i++) {
      await drain();
      expect(source.taken).toBe(Math.min(6, i + 2));
      tasks.end(i);
    }
    await drain();
    expect(outcome).toEqual({ state: 'fulfilled', result: [0, 1, 2, 3, 4] });
    expect([source.taken, source.closed]).toEqual([6, 0]);
  });

  it('gives one item that waits for units, and no more', async () => {
    const source = new Kind(endless);
    const semaphore = new Weighted(3);
    const tasks = new Tasks();
    const [ctx, cancel] = withCancelCause(background());
    const outcome = watch(
      map(ctx, source, (own, i) => tasks.work(own, i), { semaphore, weight: (i) => i }),
    );
    await drain();
    // 0, 1 and 2 run; 3 waits.
    expect([source.taken, tasks.begun]).toEqual([4, [0, 1, 2]]);
    cancel('enough');
    for (const i of tasks.begun) tasks.end(i);
    await drain();
    expect([outcome.result, source.taken, source.closed]).toEqual(['enough', 4, 1]);
    expect(semaphore.available).toBe(3);
  });

  it('is closed when a task fails, after those that had begun have ended', async () => {
    const source = new Kind(endless);
    const tasks = new Tasks();
    const outcome = watch(map(undefined, source, (ctx, i) => tasks.work(ctx, i), { limit: 2 }));
    await drain();
    tasks.fail(0, 'failed');
    await drain();
    expect([source.closed, outcome.state]).toEqual([0, 'pending']);
    tasks.end(1);
    await drain();
    expect([source.taken, source.closed, outcome.result]).toEqual([2, 1, 'failed']);
  });

  it('is closed when the context ends', async () => {
    const source = new Kind(endless);
    const tasks = new Tasks();
    const [ctx, cancel] = withCancelCause(background());
    const outcome = watch(map(ctx, source, (own, i) => tasks.work(own, i), { limit: 1 }));
    await drain();
    cancel('enough');
    tasks.end(0);
    await drain();
    expect([source.taken, source.closed, outcome.result]).toEqual([1, 1, 'enough']);
  });

  it('is not asked under a context that is done', async () => {
    const source = new Kind(endless);
    const aborted = AbortSignal.abort('before');
    await expect(map(aborted, source, () => 1)).rejects.toBe('before');
    await expect(read(stream(aborted, source, () => 1, { limit: 1 }))).rejects.toBe('before');
    expect([source.taken, source.closed]).toEqual([0, 0]);
  });

  it('is closed when what it is asked for ends the context', async () => {
    const [ctx, cancel] = withCancelCause(background());
    const source = new Kind((i) => {
      if (i === 1) cancel('asked too much');
      return endless(i);
    });
    const tasks = new Tasks();
    const outcome = watch(map(ctx, source, (own, i) => tasks.work(own, i)));
    await drain();
    tasks.end(0);
    await drain();
    expect([tasks.begun, source.closed, outcome.result]).toEqual([[0], 1, 'asked too much']);
  });

  it.each([
    [
      'a throw',
      (): Step => {
        throw new Error('broken');
      },
      'broken',
    ],
    [
      'a getter that throws',
      (): Step => ({
        done: false,
        get value(): number {
          throw new Error('broken');
        },
      }),
      'broken',
    ],
    ['a number', (): Step => JSON.parse('5'), 'tasks: not an iterator result: 5'],
    ['null', (): Step => JSON.parse('null'), 'tasks: not an iterator result: null'],
  ])(
    'that answers with %s has failed as a task does, and is not closed',
    async (_what, bad, message) => {
      const source = new Kind((i) => (i < 2 ? endless(i) : bad()));
      const tasks = new Tasks();
      const outcome = watch(map(undefined, source, (own, i) => tasks.work(own, i), { limit: 2 }));
      await drain();
      tasks.end(0);
      await drain();
      expect(tasks.contexts[1]?.err).toBeDefined();
      expect(outcome.state).toBe('pending');
      tasks.end(1);
      await drain();
      expect([outcome.state, source.closed]).toEqual(['rejected', 0]);
      expect(String(outcome.result)).toContain(message);
    },
  );

  it('fails also when the results are settled', async () => {
    const source = new Kind((): Step => {
      throw new Error('broken');
    });
    await expect(map(undefined, source, () => 1, { settle: true })).rejects.toThrow('broken');
  });

  it('that throws when it is closed does not hide why it was', async () => {
    const source = new Kind(endless, () => {
      throw new Error('cannot close');
    });
    const failed = map(undefined, source, () => Promise.reject(new Error('failed')), { limit: 1 });
    await expect(failed).rejects.toThrow('failed');
    expect(source.closed).toBe(1);
  });

  it('that throws when it is closed does not hide what the mapper threw, when nothing bounds that', async () => {
    const source = new Kind(endless, () => {
      throw new Error('cannot close');
    });
    const failed = map(undefined, source, () => {
      throw new Error('failed');
    });
    await expect(failed).rejects.toThrow('failed');
    expect([source.taken, source.closed]).toEqual([1, 1]);
  });

  it('that throws when it is closed tells one who left the stream', async () => {
    const source = new Kind(endless, () => {
      throw new Error('cannot close');
    });
    const results = stream(undefined, source, (_ctx, i) => i, { limit: 2 });
    await results.next();
    await expect(results.return()).rejects.toThrow('cannot close');
    await expect(results.return()).rejects.toThrow('cannot close');
    expect(source.closed).toBe(1);
  });

  it('need not have a way to be closed', async () => {
    const source = new Kind(endless);
    Object.defineProperty(source, 'return', { value: undefined });
    const failed = map(undefined, source, () => Promise.reject(new Error('failed')), { limit: 1 });
    await expect(failed).rejects.toThrow('failed');
  });
});

describe('items', () => {
  it.each([Symbol.iterator, Symbol.asyncIterator])(
    'whose %s throws fail the work',
    async (symbol) => {
      const items = {
        [symbol](): never {
          throw new Error('no iterator');
        },
      };
      // Typed for one of the two symbols only.
      const run: Promise<unknown> = Reflect.apply(map, undefined, [undefined, items, () => 1]);
      await expect(run).rejects.toThrow('no iterator');
    },
  );

  it.each([1, undefined])(
    'that are an array may grow, and shrink, while they are taken (limit %s)',
    async (limit) => {
      const items = [0];
      const growing = map(
        undefined,
        items,
        (_ctx, n) => {
          if (n < 3) items.push(n + 1);
          return n;
        },
        { limit },
      );
      expect(await growing).toEqual([0, 1, 2, 3]);
      const shrinking = map(
        undefined,
        items,
        (_ctx, n) => {
          items.length = 2;
          return n;
        },
        { limit },
      );
      expect(await shrinking).toEqual([0, 1]);
    },
  );

  it('that are an array with an iterator of its own come from that', async () => {
    const items = [1, 2, 3];
    items[Symbol.iterator] = () => [7, 8].values();
    expect(await map(undefined, items, (_ctx, n) => n, { limit: 1 })).toEqual([7, 8]);
  });

  it('that are promises go to the mapper as they are', async () => {
    const promise = Promise.resolve(1);
    expect(await map(undefined, [promise], (_ctx, item) => item === promise)).toEqual([true]);
  });
});

describe('an async iterator that does not answer', () => {
  it('is closed and not waited for when a task fails', async () => {
    const source = new AsyncRecorder((i) => (i < 1 ? endless(i) : stuck()), stuck);
    const tasks = new Tasks();
    const outcome = watch(map(undefined, source, (own, i) => tasks.work(own, i)));
    await drain();
    tasks.fail(0, 'failed');
    await drain();
    expect([outcome.result, source.taken, source.closed]).toEqual(['failed', 2, 1]);
  });

  it('is closed and not waited for when the context ends', async () => {
    const [ctx, cancel] = withCancelCause(background());
    const source = new AsyncRecorder(stuck, stuck);
    const outcome = watch(map(ctx, source, () => 1));
    await drain();
    cancel('enough');
    await drain();
    expect([outcome.result, source.closed]).toEqual(['enough', 1]);
  });

  it('is closed and not waited for when the stream is left', async () => {
    const source = new AsyncRecorder(stuck, stuck);
    const results = stream(undefined, source, () => 1, { limit: 1 });
    const reading = watch(results.next());
    await drain();
    const left = watch(results.return());
    await drain();
    expect([left.result, reading.result]).toEqual([
      { done: true, value: undefined },
      { done: true, value: undefined },
    ]);
    expect(source.closed).toBe(1);
  });

  it.each(['fulfilled', 'rejected'])(
    'begins nothing when it answers too late, and is nobody’s unhandled rejection: %s',
    async (how) => {
      const [ctx, cancel] = withCancelCause(background());
      const answer = new Deferred<Step>();
      const source = new AsyncRecorder(
        () => answer.promise,
        () => {
          throw new Error('cannot close');
        },
      );
      let begun = 0;
      const outcome = watch(map(ctx, source, () => begun++));
      await drain();
      cancel('enough');
      await drain();
      if (how === 'fulfilled') answer.resolve({ done: false, value: 1 });
      else answer.reject(new Error('too late'));
      await drain();
      expect([outcome.result, begun, source.closed]).toEqual(['enough', 0, 1]);
    },
  );

  it('begins nothing when it answers and the context ends in the same turn', async () => {
    const [ctx, cancel] = withCancelCause(background());
    const answer = new Deferred<Step>();
    const source = new AsyncRecorder(() => answer.promise);
    let begun = 0;
    const outcome = watch(map(ctx, source, () => begun++));
    await drain();
    answer.resolve({ done: false, value: 1 });
    for (let i = 0; i < 6; i++) {
      if (begun > 0) break;
      await Promise.resolve();
    }
    cancel('enough');
    await drain();
    expect([outcome.state, source.closed]).toEqual(['rejected', 1]);
  });
});
