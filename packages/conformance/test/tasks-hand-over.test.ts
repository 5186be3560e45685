import { background, type Context, type ContextLike, withCancelCause } from '@gosync/context';
import { Weighted } from '@gosync/semaphore';
import { all, allSettled, any, map, stream } from '@gosync/tasks';
import { describe, expect, it } from 'vitest';
import { after, depths, rest } from '../src/sweep/microtasks.ts';

/** How long each task runs, in microtasks. */
const lengths = [3, 8, 1, 12, 5, 2];

/** What runs in a call, and what it has begun. */
class Stage {
  readonly semaphore = new Weighted(3);
  readonly options = { limit: 2, semaphore: this.semaphore };
  running = 0;
  begun = 0;
  /** How many sources have been opened and not closed. */
  open = 0;
  /** The task that fails; none when absent. */
  bad: number | undefined;

  readonly task = async (_ctx: Context, i: number): Promise<number> => {
    this.begun++;
    this.running++;
    await after(lengths[i] ?? 0, () => this.running--);
    if (i === this.bad) throw new Error(`task ${i}`);
    return i;
  };

  async *source(): AsyncGenerator<number> {
    this.open++;
    try {
      for (const i of lengths.keys()) {
        await Promise.resolve();
        yield i;
      }
    } finally {
      await Promise.resolve();
      this.open--;
    }
  }

  tasks(): ((ctx: Context) => Promise<number>)[] {
    return lengths.map((_, i) => (ctx) => this.task(ctx, i));
  }

  stream(ctx: ContextLike | undefined, ordered: boolean): AsyncIterable<number> {
    return stream(ctx, this.source(), this.task, { ...this.options, ordered });
  }
}

type Call = (stage: Stage, ctx: ContextLike) => Promise<unknown>;

async function read(results: AsyncIterable<unknown>, count = Infinity): Promise<void> {
  let left = count;
  if (left === 0) return;
  for await (const _ of results) if (--left === 0) break;
}

const calls: readonly (readonly [name: string, call: Call])[] = [
  ['all()', (stage, ctx) => all(ctx, stage.tasks(), stage.options)],
  ['allSettled()', (stage, ctx) => allSettled(ctx, stage.tasks(), stage.options)],
  ['any()', (stage, ctx) => any(ctx, stage.tasks(), stage.options)],
  ['map() of an array', (stage, ctx) => map(ctx, [...lengths.keys()], stage.task, stage.options)],
  ['map() of an async source', (stage, ctx) => map(ctx, stage.source(), stage.task, stage.options)],
  ['map() without a limit', (stage, ctx) => map(ctx, lengths.keys(), stage.task)],
  ['stream()', (stage, ctx) => read(stage.stream(ctx, true))],
  ['stream() out of order', (stage, ctx) => read(stage.stream(ctx, false))],
  ['stream() that is left', (stage, ctx) => read(stage.stream(ctx, true), 2)],
];

/** Waits for the call, and says what is still there in the microtask in which it settles. */
async function leftOver(stage: Stage, call: Promise<unknown>): Promise<unknown[]> {
  await call.catch(() => undefined);
  const { running, begun, open, semaphore } = stage;
  await rest();
  return [running, open, 3 - semaphore.available, semaphore.waiting, stage.begun - begun];
}

const nothing = [0, 0, 0, 0, 0];

describe.each(calls)('%s', (_name, call) => {
  it.each(depths)('leaves nothing behind when its context ends at microtask %d', async (depth) => {
    const [ctx, cancel] = withCancelCause(background());
    const stage = new Stage();
    const [left] = await Promise.all([leftOver(stage, call(stage, ctx)), after(depth, cancel)]);
    expect(left).toEqual(nothing);
  });

  it.each([...lengths.keys()])('leaves nothing behind when task %d fails', async (bad) => {
    for (const depth of depths) {
      const [ctx, cancel] = withCancelCause(background());
      const stage = new Stage();
      stage.bad = bad;
      const [left] = await Promise.all([leftOver(stage, call(stage, ctx)), after(depth, cancel)]);
      expect(left, `canceled at microtask ${depth}`).toEqual(nothing);
    }
  });

  it('leaves nothing behind when its semaphore is taken from it at any microtask', async () => {
    for (const depth of depths) {
      const stage = new Stage();
      const other = stage.semaphore.acquire(3);
      const [left] = await Promise.all([
        leftOver(stage, call(stage, background())),
        after(depth, async () => {
          await other;
          stage.semaphore.release(3);
        }),
      ]);
      expect(left, `given back at microtask ${depth}`).toEqual(nothing);
    }
  });
});

describe('Stream.return()', () => {
  it.each(depths)(
    'leaves nothing behind at microtask %d, whatever is being read',
    async (depth) => {
      for (const reads of [0, 1, 3, 9]) {
        for (const ordered of [true, false]) {
          const stage = new Stage();
          const results = stream(undefined, stage.source(), stage.task, {
            ...stage.options,
            ordered,
          });
          const reading = Array.from({ length: reads }, () => results.next());
          let left: Promise<unknown[]> | undefined;
          await after(depth, () => {
            left = leftOver(stage, results.return());
          });
          expect(await left, `${reads} reads`).toEqual(nothing);
          // None of them waits for ever.
          const steps = await Promise.all(reading);
          expect(steps.length).toBe(reads);
        }
      }
    },
  );
});
