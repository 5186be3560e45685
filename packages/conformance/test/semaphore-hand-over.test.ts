import { background, withCancel } from '@gosync/context';
import { Weighted } from '@gosync/semaphore';
import { describe, expect, it } from 'vitest';
import { after, depths, rest, Task } from '../src/sweep/microtasks.ts';

/** A way to get `n` units and keep them until a task ends; says so when it has them. */
type Way = (sem: Weighted, n: number, got: () => void, task: Task) => Promise<unknown>;

const ways: readonly (readonly [name: string, way: Way])[] = [
  [
    'acquire(n)',
    async (sem, n, got, task) => {
      await sem.acquire(n);
      got();
      await task.done;
      sem.release(n);
    },
  ],
  [
    'acquire(ctx, n)',
    async (sem, n, got, task) => {
      const [ctx, cancel] = withCancel(background());
      await sem.acquire(ctx, n);
      // What was granted stays granted.
      cancel();
      got();
      await task.done;
      sem.release(n);
    },
  ],
  [
    'permit(signal, n)',
    async (sem, n, got, task) => {
      const permit = await sem.permit(new AbortController().signal, n);
      got();
      await task.done;
      permit.release();
    },
  ],
  [
    'run(ctx, n, f)',
    (sem, n, got, task) =>
      sem.run(background(), n, () => {
        got();
        return task.done;
      }),
  ],
];

/** How room is made for a waiter: by a release, by a change of the size, or by the waiter in front that leaves. */
const rooms = [
  {
    room: 'a release',
    // Two of three units are held; who waits wants two.
    prepare: (sem: Weighted): (() => void) => {
      sem.tryAcquire(2);
      return () => sem.release(2);
    },
    size: 3,
    n: 2,
  },
  {
    room: 'a larger size',
    prepare: (sem: Weighted): (() => void) => {
      sem.tryAcquire(1);
      sem.resize(2);
      return () => sem.resize(3);
    },
    size: 3,
    n: 2,
  },
  {
    room: 'a smaller size, which puts a larger one in front beside the line,',
    prepare: (sem: Weighted): (() => void) => {
      sem.tryAcquire(1);
      sem.resize(4);
      sem.acquire(withCancel(background())[0], 4).catch(() => undefined);
      return () => sem.resize(3);
    },
    size: 3,
    n: 2,
  },
  {
    room: 'the departure of a larger one in front',
    prepare: (sem: Weighted): (() => void) => {
      sem.tryAcquire(1);
      const [ctx, cancel] = withCancel(background());
      sem.acquire(ctx, 3).catch(() => undefined);
      return cancel;
    },
    size: 3,
    n: 2,
  },
] as const;

describe.each(rooms)('a Weighted, when $room makes room', ({ prepare, size, n }) => {
  const pairs = ways.flatMap(([first, waits]) =>
    ways.map(([second, comes]) => ({ first, second, waits, comes })),
  );

  it.each(pairs)(
    'serves who waits by $first before who comes by $second at any later microtask',
    async ({ waits, comes }) => {
      for (const depth of depths) {
        const sem = new Weighted(size);
        const makeRoom = prepare(sem);
        const order: string[] = [];
        const tasks = [new Task(), new Task()] as const;
        const all = [waits(sem, n, () => order.push('waited'), tasks[0])];
        await rest();
        expect(order).toEqual([]);
        makeRoom();
        await after(depth, () => {
          all.push(comes(sem, n, () => order.push('came'), tasks[1]));
        });
        await rest();
        expect(order, `${depth} microtasks later`).toEqual(['waited']);
        tasks[0].end();
        await rest();
        expect(order).toEqual(['waited', 'came']);
        tasks[1].end();
        await Promise.all(all);
      }
    },
  );

  it.each(ways)('refuses who tries while %s is under way to its units', async (_name, waits) => {
    for (const depth of depths) {
      const sem = new Weighted(size);
      const makeRoom = prepare(sem);
      const task = new Task();
      const waiting = waits(sem, n, () => undefined, task);
      await rest();
      makeRoom();
      await after(depth, () => {
        expect(sem.tryAcquire(n), `${depth} microtasks later`).toBe(false);
        expect(sem.tryPermit(n)).toBe(undefined);
      });
      task.end();
      await waiting;
    }
  });
});

describe('Weighted', () => {
  it('never starves a request for everything, at whatever microtask small ones come and go', async () => {
    for (const depth of depths) {
      const sem = new Weighted(4);
      const state = { isServed: false, turns: 0 };
      const small = async (offset: number): Promise<void> => {
        while (!state.isServed && state.turns < 1000) {
          await sem.acquire();
          state.turns++;
          await after(offset, () => sem.release());
        }
      };
      const all = [0, 1, 2, 3, 4, 5].map((offset) => small(depth + offset));
      await after(depth, () => undefined);
      await sem.acquire(4);
      state.isServed = true;
      // All but those who came before it had to wait.
      expect(state.turns, `depth ${depth}`).toBeLessThan(4 * (depth + 2));
      sem.release(4);
      await Promise.all(all);
      expect(sem.available).toBe(4);
    }
  });
});
