import { Weighted } from '@gosync/semaphore';
import { all, allSettled, any, map, stream } from '@gosync/tasks';
import { describe, expect, it } from 'vitest';

/** Calls a function as a caller without types does; what it throws is a rejection. */
async function call(
  f: (...args: never[]) => unknown,
  ...args: readonly unknown[]
): Promise<unknown> {
  return Reflect.apply(f, undefined, [undefined, ...args]);
}

describe.each([
  ['all()', all],
  ['allSettled()', allSettled],
  ['any()', any],
])('%s', (_name, f) => {
  it.each([
    ['a number', 1, 'tasks: neither an iterable nor a record of tasks: 1'],
    ['a text', 'ab', 'tasks: neither an iterable nor a record of tasks: "ab"'],
    ['nothing', undefined, 'tasks: neither an iterable nor a record of tasks: undefined'],
    [
      'a function',
      (): number => 1,
      'tasks: neither an iterable nor a record of tasks: [object Function]',
    ],
    [
      'a list with a hole',
      Object.assign([(): number => 1], { length: 2 }),
      'tasks: task 1 is not a function: undefined',
    ],
    [
      'a list of promises',
      [Promise.resolve()],
      'tasks: task 0 is not a function: [object Promise]',
    ],
    [
      'a record with a number',
      { a: (): number => 1, b: 2 },
      'tasks: task "b" is not a function: 2',
    ],
  ])('rejects with a TypeError for %s', async (_what, tasks, message) => {
    await expect(call(f, tasks)).rejects.toThrow(new TypeError(message));
  });

  it('begins no task when one is none', async () => {
    let begun = 0;
    const task = (): number => {
      begun += 1;
      return begun;
    };
    await expect(call(f, [task, task, 'no'])).rejects.toThrow(TypeError);
    expect(begun).toBe(0);
  });
});

describe.each([
  ['map()', map],
  ['stream()', stream],
])('%s', (_name, f) => {
  it.each<[string, unknown[], string]>([
    [
      'items that are not iterable',
      [{}, () => 1],
      'tasks: items are not iterable: [object Object]',
    ],
    ['no items', [null, () => 1], 'tasks: items are not iterable: null'],
    ['no mapper', [[1]], 'tasks: mapper is not a function: undefined'],
    [
      'a weight that is none',
      [[1], () => 1, { limit: 1, semaphore: new Weighted(1), weight: 2 }],
      'tasks: weight is not a function: 2',
    ],
    [
      'a weight without a semaphore',
      [[1], () => 1, { limit: 1, weight: () => 1 }],
      'tasks: weight without a semaphore',
    ],
    ['a context that is none', [[1], () => 1, { limit: 1 }], 'not a Context'],
  ])('rejects with a TypeError for %s', async (what, args, message) => {
    const ctx = what.startsWith('a context') ? {} : undefined;
    const answer = (async () => Reflect.apply(f, undefined, [ctx, ...args]))();
    await expect(answer).rejects.toThrow(TypeError);
    await expect(answer).rejects.toThrow(message);
  });
});

describe.each([
  ['all()', all, [() => 1]],
  ['any()', any, [() => 1]],
  ['map()', map, [1]],
  ['stream()', stream, [1]],
])('%s', (_name, f, items) => {
  const args = (options: unknown): unknown[] =>
    f === map || f === stream ? [items, () => 1, options] : [items, options];

  it.each([0, -1, 1.5, NaN, Infinity, '2', null])(
    'rejects with a RangeError for a limit of %j',
    async (limit) => {
      const shown = typeof limit === 'string' ? JSON.stringify(limit) : String(limit);
      await expect(call(f, ...args({ limit }))).rejects.toThrow(
        new RangeError(`tasks: limit is not a positive integer: ${shown}`),
      );
    },
  );

  it.each([{}, 1, null])(
    'rejects with a TypeError for a semaphore that is %j',
    async (semaphore) => {
      await expect(call(f, ...args({ limit: 1, semaphore }))).rejects.toThrow(
        `tasks: semaphore is not a Weighted: ${semaphore === 1 ? '1' : semaphore === null ? 'null' : '[object Object]'}`,
      );
    },
  );
});

describe('any()', () => {
  it.each([-1, NaN, '5', null])(
    'rejects with a RangeError for a stagger of %j',
    async (stagger) => {
      await expect(call(any, [() => 1], { stagger })).rejects.toThrow(
        new RangeError(
          `tasks: stagger is not a number of milliseconds: ${typeof stagger === 'string' ? '"5"' : stagger}`,
        ),
      );
    },
  );

  it('rejects at once when the semaphore has no unit at all', async () => {
    await expect(any(undefined, [() => 1], { semaphore: new Weighted(0) })).rejects.toThrow(
      new RangeError('tasks: item 0 weighs 1 of 0'),
    );
  });
});

describe('stream()', () => {
  it('throws when its options are left out', () => {
    expect(() => Reflect.apply(stream, undefined, [undefined, [], () => 1])).toThrow(
      new RangeError('tasks: limit is not a positive integer: undefined'),
    );
  });
});
