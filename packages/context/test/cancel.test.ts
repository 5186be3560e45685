import { describe, expect, it } from 'vitest';
import {
  CanceledError,
  type Context,
  afterFunc,
  background,
  cause,
  withCancel,
  withCancelCause,
  withTimeout,
  withValue,
} from '@gosync/context';

const veryLong = 3_600_000_000;

describe('CancelFunc', () => {
  it('ends everything that hangs below [go: TestParentFinishesChild]', () => {
    const [parent, cancel] = withCancel(background());
    const [cancelChild] = withCancel(parent);
    const valueChild = withValue(parent, 'key', 'value');
    const [timerChild] = withTimeout(valueChild, veryLong);
    let called = 0;
    afterFunc(parent, () => called++);
    const all = [parent, cancelChild, valueChild, timerChild];
    for (const { err, signal } of all) {
      expect(err).toBeUndefined();
      expect(signal.aborted).toBe(false);
    }
    expect(called).toBe(0);

    cancel();
    for (const { err, signal } of [...all, withValue(parent, 'key', 'value')]) {
      expect(err).toBeInstanceOf(CanceledError);
      expect(signal.aborted).toBe(true);
    }
    expect(called).toBe(1);
  });

  it('ends a child without its parent [go: TestChildFinishesFirst]', () => {
    const [cancelable] = withCancel(background());
    for (const parent of [background(), cancelable]) {
      const [child, cancel] = withCancel(parent);
      expect(child.signal.aborted).toBe(false);
      cancel();
      expect(child.signal.aborted).toBe(true);
      expect(child.err).toBeInstanceOf(CanceledError);
      expect(parent.signal.aborted).toBe(false);
      expect(parent.err).toBeUndefined();
    }
  });

  it('ends a child from a callback of its parent [go: TestInterlockedCancels]', () => {
    const [parent, cancelParent] = withCancel(background());
    const [child, cancelChild] = withCancelCause(parent);
    afterFunc(parent, () => cancelChild('too late'));
    cancelParent();
    expect(child.err).toBe(parent.err);
    expect(cause(child)).toBe(parent.err);
  });

  it('may be called over a whole tree in any order [go: TestSimultaneousCancels]', () => {
    const [root, cancelRoot] = withCancel(background());
    const contexts: Context[] = [root];
    const cancels = [cancelRoot];
    for (let i = 0; contexts.length < 100; i++) {
      const [ctx, cancel] = withCancel(contexts[Math.floor(i / 4)] ?? root);
      contexts.push(ctx);
      cancels.push(cancel);
    }
    // 37 has no factor in common with 100, so this visits each once.
    for (let i = 0; i < 100; i++) {
      const at = (i * 37 + 50) % 100;
      cancels[at]?.();
      expect(contexts[at]?.signal.aborted).toBe(true);
    }
    for (const { err } of contexts) expect(err).toBeInstanceOf(CanceledError);
  });

  it('has done its work when it returns: nothing is left for a later task', async () => {
    const [ctx, cancel] = withCancel(background());
    const log: string[] = [];
    afterFunc(ctx, () => log.push('callback'));
    ctx.signal.addEventListener('abort', () => log.push('listener'));
    cancel();
    log.push('returned');
    await Promise.resolve();
    expect(log).toEqual(['callback', 'listener', 'returned']);
  });

  it('marks the whole subtree before the first callback runs', () => {
    const [root, cancel] = withCancelCause(background());
    const [child] = withCancel(root);
    const [grandchild] = withTimeout(withValue(child, 'key', 1), veryLong);
    const below = [child, grandchild];
    const { signal } = grandchild;
    const seen: unknown[] = [];
    afterFunc(root, () => {
      for (const ctx of below) seen.push(ctx.err === root.err, ctx.signal.aborted, cause(ctx));
      seen.push(signal.aborted, signal.reason);
      expect(() => signal.throwIfAborted()).toThrow('over');
    });
    const reason = new Error('over');
    cancel(reason);
    expect(seen).toEqual([true, true, reason, true, true, reason, true, reason]);
  });

  it('marks the whole subtree before the first `abort` event', () => {
    const [root, cancel] = withCancel(background());
    const [child] = withCancel(root);
    const [grandchild] = withCancel(child);
    const { signal } = grandchild;
    const seen: boolean[] = [];
    root.signal.addEventListener('abort', () => {
      seen.push(child.err !== undefined, grandchild.err !== undefined, signal.aborted);
      seen.push(child.signal.aborted);
    });
    cancel();
    expect(seen).toEqual([true, true, true, true]);
  });

  it('shows no callback an error without an aborted signal, or the other way round [go: TestContextErrDoneRace]', () => {
    const [root, cancel] = withCancel(background());
    const contexts = [root];
    for (let i = 0; i < 10; i++) contexts.push(withCancel(contexts.at(i >> 1) ?? root)[0]);
    const signals = contexts.map((ctx) => ctx.signal);
    let looks = 0;
    const look = (): void => {
      looks++;
      contexts.forEach(({ err }, i) => expect(signals[i]?.aborted).toBe(err !== undefined));
    };
    look();
    for (const ctx of contexts) {
      afterFunc(ctx, look);
      ctx.signal.addEventListener('abort', look);
    }
    cancel();
    expect(looks).toBe(1 + 2 * contexts.length);
  });

  it('calls callbacks of one context in the order of registration', () => {
    const [ctx, cancel] = withCancel(background());
    const log: number[] = [];
    for (let i = 0; i < 5; i++) afterFunc(ctx, () => log.push(i));
    cancel();
    expect(log).toEqual([0, 1, 2, 3, 4]);
  });

  it('keeps that order when callbacks in between have been stopped', () => {
    const [ctx, cancel] = withCancel(background());
    const log: number[] = [];
    const stops = [0, 1, 2, 3, 4].map((i) => afterFunc(ctx, () => log.push(i)));
    for (const at of [0, 2, 4]) expect(stops[at]?.()).toBe(true);
    afterFunc(ctx, () => log.push(5));
    cancel();
    expect(log).toEqual([1, 3, 5]);
  });

  it('calls a parent’s callbacks and listeners before its children’s', () => {
    const [root, cancel] = withCancel(background());
    const [left] = withCancel(root);
    const [right] = withCancel(root);
    const [leaf] = withCancel(left);
    const log: string[] = [];
    // Registered from the leaves up, so the order is not that of registration.
    for (const [name, ctx] of Object.entries({ leaf, right, left, root })) {
      afterFunc(ctx, () => log.push(name));
      ctx.signal.addEventListener('abort', () => log.push(`${name} listener`));
    }
    cancel();
    const at = (name: string): number => log.indexOf(name);
    expect(log).toHaveLength(8);
    for (const [before, after] of [
      ['root', 'left'],
      ['root', 'right'],
      ['left', 'leaf'],
    ] as const) {
      for (const first of [before, `${before} listener`]) {
        expect(at(first)).toBeLessThan(at(after));
        expect(at(first)).toBeLessThan(at(`${after} listener`));
      }
    }
  });

  it('gives the whole subtree one error object', () => {
    const [root, cancel] = withCancel(background());
    const [child] = withCancel(root);
    const [grandchild] = withTimeout(child, veryLong);
    cancel();
    expect(grandchild.err).toBeInstanceOf(CanceledError);
    expect(child.err).toBe(grandchild.err);
    expect(root.err).toBe(grandchild.err);
    expect(root.signal.reason).toBe(grandchild.err);
    expect(child.signal.reason).toBe(grandchild.err);
  });

  it('gives two cancellations two error objects', () => {
    const [root, cancelRoot] = withCancel(background());
    const [child, cancelChild] = withCancel(root);
    cancelChild();
    cancelRoot();
    expect(child.err).toBeInstanceOf(CanceledError);
    expect(child.err).not.toBe(root.err);
  });

  it('makes the error when somebody looks at it', () => {
    const [ctx, cancel] = withCancel(background());
    (function whoCancels() {
      cancel();
    })();
    const err = (function whoLooks() {
      return ctx.err;
    })();
    expect(err?.stack).toContain('whoLooks');
    expect(err?.stack).not.toContain('whoCancels');
  });

  it('ends a chain 100,000 deep without overflowing the stack', () => {
    const [root, cancel] = withCancel(background());
    let leaf = root;
    for (let i = 0; i < 100_000; i++) [leaf] = withCancel(leaf);
    let called = 0;
    afterFunc(leaf, () => called++);
    cancel();
    expect(leaf.err).toBe(root.err);
    expect(called).toBe(1);
  }, 60_000);
});
