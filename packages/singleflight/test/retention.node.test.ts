import { background, type CancelCauseFunc, withCancelCause } from '@gosync/context';
import { Group } from '@gosync/singleflight';
import { describe, expect, it } from 'vitest';
import { survivors } from '@gosync/testing/garbage';
import { Upstream } from './upstream.ts';
import { drain, follow } from '@gosync/testing/microtasks';

interface Thing {
  readonly name: string;
}

describe('Group', () => {
  it('retains nothing after 100,000 unique keys', async () => {
    const group = new Group<Thing, Thing>();
    const [ctx] = withCancelCause(background());
    const refs: WeakRef<Thing>[] = [];
    const thing = (name: string): Thing => {
      const made = { name };
      refs.push(new WeakRef(made));
      return made;
    };
    const call = async (i: number): Promise<void> => {
      const key = thing(`key ${i}`);
      if (i % 4 === 0) await group.do(key, () => thing(`value ${i}`));
      else if (i % 4 === 1) await group.doChan(key, () => thing(`value ${i}`));
      else if (i % 4 === 2) await group.doContext(ctx, key, () => thing(`value ${i}`));
      else await group.do(key, () => Promise.reject(thing(`error ${i}`))).catch(() => {});
    };
    for (let i = 0; i < 100_000; i += 100) {
      await Promise.all(Array.from({ length: 100 }, (_, j) => call(i + j)));
    }
    expect(refs).toHaveLength(200_000);
    expect(await survivors(refs)).toEqual([]);
    expect(await group.do({ name: 'alive' }, () => ({ name: 'value' }))).toBeDefined();
  });

  it('retains no key, value or error of a call that was abandoned or forgotten', async () => {
    const group = new Group<Thing, Thing>();
    const refs: WeakRef<Thing>[] = [];
    const unfinished: Promise<unknown>[] = [];
    const abandon = (i: number): void => {
      const key = { name: `key ${i}` };
      const reason = { name: `reason ${i}` };
      refs.push(new WeakRef(key), new WeakRef(reason));
      const [ctx, cancel] = withCancelCause(background());
      void follow(group.doContext(ctx, key, async () => ({ name: 'value' })));
      cancel(reason);
      unfinished.push(group.do(key, async () => ({ name: 'forgotten' })));
      group.forget(key);
    };
    for (let i = 0; i < 100; i++) abandon(i);
    await Promise.all(unfinished);
    unfinished.length = 0;
    expect(await survivors(refs)).toEqual([]);
  });

  it('retains no caller that has left while f runs on', async () => {
    const group = new Group<string>();
    const upstream = new Upstream<string>();
    const refs: WeakRef<object>[] = [];
    const staying = group.doContext(background(), 'key', upstream.f);
    const pass = (i: number): void => {
      const [ctx, cancel] = withCancelCause(background());
      const caller = group.doContext(ctx, 'key', upstream.f);
      const reason = { name: `reason ${i}` };
      refs.push(new WeakRef(ctx), new WeakRef(caller), new WeakRef(reason), new WeakRef(cancel));
      caller.catch(() => {});
      cancel(reason);
    };
    for (let i = 0; i < 1000; i++) pass(i);
    await drain();
    expect(await survivors(refs)).toEqual([]);
    upstream.call(0).resolve('v');
    expect(await staying).toEqual(['v', false]);
  });

  it('retains no caller on a long-lived context once its call has ended', async () => {
    const group = new Group<Thing>();
    const [ctx, cancel] = withCancelCause(background());
    const refs: WeakRef<object>[] = [];
    const once = async (i: number): Promise<void> => {
      const f = async (): Promise<Thing> => ({ name: `value ${i}` });
      const caller = group.doContext(ctx, 'key', f);
      const outcome = await caller;
      refs.push(new WeakRef(f), new WeakRef(caller), new WeakRef(outcome), new WeakRef(outcome[0]));
    };
    for (let i = 0; i < 100; i++) await once(i);
    expect(await survivors(refs)).toEqual([]);
    cancel();
  });

  it('retains nothing that was given to it once all callers have left and f has ended', async () => {
    const group = new Group<Thing>();
    const upstream = new Upstream<Thing>();
    const refs: WeakRef<object>[] = [];
    const enter = (): CancelCauseFunc => {
      const [ctx, cancel] = withCancelCause(background());
      refs.push(new WeakRef(ctx));
      void follow(group.doContext(ctx, 'key', upstream.f));
      return cancel;
    };
    const enterAndLeave = (): void => {
      for (const leave of [enter(), enter()]) leave('left');
      upstream.call(0).resolve({ name: 'abandoned' });
      upstream.calls.length = 0;
    };
    enterAndLeave();
    await drain();
    expect(await survivors(refs)).toEqual([]);
  });
});
