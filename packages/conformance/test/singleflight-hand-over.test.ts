import { background, cause, type Context, withCancelCause } from '@gosync/context';
import { Group } from '@gosync/singleflight';
import { describe, expect, it } from 'vitest';
import { after, depths, rest, Task } from '../src/sweep/microtasks.ts';

type Value = { readonly call: number };
type Heard = readonly [value: Value, shared: boolean];

/** Counts its calls; each runs until its task ends. */
class Upstream {
  readonly calls: { readonly task: Task; readonly ctx: Context | undefined }[] = [];
  /** The callers that have heard, in order. */
  readonly heard: { readonly who: string; readonly shared: boolean; readonly call: number }[] = [];
  readonly group = new Group<Value>();

  readonly f = async (ctx?: Context): Promise<Value> => {
    const task = new Task();
    const call = this.calls.push({ task, ctx }) - 1;
    await task.done;
    return { call };
  };

  hear(who: string, outcome: Promise<Heard>): void {
    outcome.then(
      ([{ call }, shared]) => this.heard.push({ who, shared, call }),
      () => undefined,
    );
  }
}

/** A way to call for a key. */
const ways: readonly (readonly [name: string, call: (to: Upstream) => Promise<Heard>])[] = [
  ['do()', ({ group, f }) => group.do('key', f)],
  [
    'doChan()',
    async ({ group, f }) => {
      const result = await group.doChan('key', f);
      if (!result.ok) throw result.err;
      return [result.val, result.shared];
    },
  ],
  ['doContext()', ({ group, f }) => group.doContext(background(), 'key', f)],
  ['doContext(signal)', ({ group, f }) => group.doContext(new AbortController().signal, 'key', f)],
];

const pairs = ways.flatMap(([first, begins]) =>
  ways.map(([second, comes]) => ({ first, second, begins, comes })),
);

describe('a call for a key', () => {
  it.each(pairs)(
    'that $first began is joined by $second, or has been heard of, at any microtask about its end',
    async ({ begins, comes }) => {
      const joined: number[] = [];
      for (const depth of depths) {
        const upstream = new Upstream();
        const { calls, heard } = upstream;
        upstream.hear('first', begins(upstream));
        await Promise.all([
          after(5, () => calls[0]?.task.end()),
          after(depth, () => {
            const isOver = heard.length > 0;
            upstream.hear('second', comes(upstream));
            // Who has heard finds the key free.
            expect(isOver && calls.length === 1, `${depth}`).toBe(false);
          }),
        ]);
        await rest();
        calls[1]?.task.end();
        await rest();
        const shared = calls.length === 1;
        if (shared) joined.push(depth);
        expect(heard, `${depth}`).toEqual([
          { who: expect.any(String), shared, call: 0 },
          { who: expect.any(String), shared, call: shared ? 0 : 1 },
        ]);
      }
      // Joined until it has ended, and never again.
      expect(joined).toEqual(depths.slice(0, joined.length));
      expect(joined.length).toBeGreaterThan(5);
      expect(joined.length).toBeLessThan(12);
    },
  );

  it.each(ways)(
    'runs once at a time for callers through %s, who come again as soon as they have heard',
    async (_name, call) => {
      const group = new Group<Value>();
      let running = 0;
      let calls = 0;
      const upstream = Object.assign(new Upstream(), {
        group,
        f: async (): Promise<Value> => {
          expect(++running).toBe(1);
          await after(calls % 7, () => undefined);
          running--;
          return { call: calls++ };
        },
      });
      const caller = async (offset: number): Promise<void> => {
        let last = -1;
        for (let i = 0; i < 50; i++) {
          await after((i * offset) % 21, () => undefined);
          const [{ call: number }] = await call(upstream);
          // Never the outcome of a call that it has heard of before.
          expect(number).toBeGreaterThan(last);
          last = number;
        }
      };
      await Promise.all([1, 2, 3, 5, 8].map(caller));
      expect(calls).toBeGreaterThanOrEqual(50);
    },
  );
});

describe('the last caller of a call', () => {
  it.each(depths)(
    'leaves at microtask %d: it has heard, or is told its cause and the next caller calls anew',
    async (depth) => {
      const upstream = new Upstream();
      const { group, calls, f } = upstream;
      const [ctx, cancel] = withCancelCause(background());
      const outcome = group.doContext(ctx, 'key', f).then(
        ([value]) => value.call,
        (reason: unknown) => reason,
      );
      let abandoned = false;
      await Promise.all([
        after(10, () => calls[0]?.task.end()),
        after(depth, () => {
          cancel('left');
          abandoned = calls[0]?.ctx?.err !== undefined;
          upstream.hear('next', group.do('key', f));
          expect(abandoned && calls.length === 1).toBe(false);
        }),
      ]);
      await rest();
      for (const { task } of calls) task.end();
      await rest();
      // Until it has ended, the call is abandoned; from then on, leaving does nothing to it.
      expect([depth, depth <= 10 || (abandoned && depth < 16)]).toEqual([depth, abandoned]);
      expect(abandoned ? cause(calls[0]?.ctx ?? background()) : 'left').toBe('left');
      const last = calls.length - 1;
      expect(upstream.heard).toEqual([{ who: 'next', shared: false, call: last }]);
      expect(last).toBe(1);
      expect(depth < 16 ? [0, 'left'] : [0]).toContain(await outcome);
    },
  );

  it.each(depths)(
    'forgets at microtask %d: whoever comes after gets a call that began after',
    async (depth) => {
      const upstream = new Upstream();
      const { group, calls, f } = upstream;
      upstream.hear('first', group.do('key', f));
      await Promise.all([
        after(10, () => calls[0]?.task.end()),
        after(depth, () => {
          group.forget('key');
          upstream.hear('second', group.do('key', f));
          expect(calls).toHaveLength(2);
        }),
        // When the old call ends, the new one stays to be joined.
        after(depth + 20, () => upstream.hear('third', group.do('key', f))),
      ]);
      expect(calls).toHaveLength(2);
      calls[1]?.task.end();
      await rest();
      expect(upstream.heard).toEqual([
        { who: 'first', shared: false, call: 0 },
        { who: 'second', shared: true, call: 1 },
        { who: 'third', shared: true, call: 1 },
      ]);
    },
  );
});
