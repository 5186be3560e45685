import { describe, expect, it } from 'vitest';
import {
  afterFunc,
  background,
  cause,
  withCancel,
  withCancelCause,
  withTimeout,
} from '@gosync/context';

describe('CancelFunc, called while callbacks run,', () => {
  it('does nothing to a context that is being canceled', () => {
    const [ctx, cancel] = withCancelCause(background());
    const log: string[] = [];
    afterFunc(ctx, () => {
      log.push('first in');
      cancel('again');
      log.push('first out');
    });
    afterFunc(ctx, () => log.push('second'));
    ctx.signal.addEventListener('abort', () => {
      log.push('listener');
      cancel('once more');
    });
    cancel('cause');
    expect(log).toEqual(['first in', 'first out', 'second', 'listener']);
    expect(cause(ctx)).toBe('cause');
  });

  it('ends another tree at once, in the middle of this one', () => {
    const [here, cancelHere] = withCancel(background());
    const [there, cancelThere] = withCancel(background());
    const log: string[] = [];
    afterFunc(there, () => log.push('there'));
    afterFunc(here, () => {
      log.push('here in');
      cancelThere();
      log.push('here out');
    });
    afterFunc(here, () => log.push('here again'));
    cancelHere();
    expect(log).toEqual(['here in', 'there', 'here out', 'here again']);
    expect(there.err).not.toBe(here.err);
  });

  it('ends the parent of the context that is being canceled', () => {
    const [parent, cancelParent] = withCancelCause(background());
    const [child, cancelChild] = withCancelCause(parent);
    const [sibling] = withCancel(parent);
    const log: string[] = [];
    afterFunc(child, () => cancelParent('from below'));
    afterFunc(child, () => log.push('child'));
    afterFunc(parent, () => log.push('parent'));
    afterFunc(sibling, () => log.push('sibling'));
    cancelChild('first');
    expect(log).toEqual(['parent', 'sibling', 'child']);
    expect(cause(child)).toBe('first');
    expect(cause(sibling)).toBe('from below');
  });

  it('ends the parent from a callback of the parent’s other child', () => {
    const [root, cancelRoot] = withCancel(background());
    const children = [0, 1, 2, 3].map(() => withCancel(root));
    let called = 0;
    // Each takes its siblings off the list that is being walked.
    for (const [ctx] of children) {
      afterFunc(ctx, () => {
        called++;
        for (const [, cancel] of children) cancel();
      });
    }
    cancelRoot();
    expect(called).toBe(4);
  });
});

describe('afterFunc(), called while callbacks run,', () => {
  it('calls in a microtask, after everything that was registered before', async () => {
    const [ctx, cancel] = withCancel(background());
    const [child] = withCancel(ctx);
    const log: string[] = [];
    afterFunc(ctx, () => {
      afterFunc(ctx, () => log.push('late'));
      afterFunc(child, () => log.push('late child'));
    });
    afterFunc(ctx, () => log.push('second'));
    afterFunc(child, () => log.push('child'));
    cancel();
    expect(log).toEqual(['second', 'child']);
    await Promise.resolve();
    expect(log).toEqual(['second', 'child', 'late', 'late child']);
  });

  it('can be stopped before that microtask', async () => {
    const [ctx, cancel] = withCancel(background());
    const log: string[] = [];
    afterFunc(ctx, () => {
      const stop = afterFunc(ctx, () => log.push('late'));
      log.push(String(stop()), String(stop()));
    });
    cancel();
    await Promise.resolve();
    expect(log).toEqual(['true', 'false']);
  });
});

describe('stop, called while callbacks run,', () => {
  it('keeps a callback that has not had its turn from running', () => {
    const [ctx, cancel] = withCancel(background());
    const [child] = withCancel(ctx);
    const log: (string | boolean)[] = [];
    afterFunc(ctx, () => {
      log.push('first', stopSecond(), stopChild(), stopThird());
    });
    const stopSecond = afterFunc(ctx, () => log.push('second'));
    const stopThird = afterFunc(ctx, () => log.push('third'));
    const stopChild = afterFunc(child, () => log.push('child'));
    afterFunc(ctx, () => log.push('fourth'));
    cancel();
    expect(log).toEqual(['first', true, true, true, 'fourth']);
  });

  it('is false for the callback that calls it', () => {
    const [ctx, cancel] = withCancel(background());
    const results: boolean[] = [];
    const stop = afterFunc(ctx, () => results.push(stop()));
    cancel();
    results.push(stop());
    expect(results).toEqual([false, false]);
  });
});

describe('withCancel(), called while callbacks run,', () => {
  it('derives what is done at birth, with the same error', () => {
    const [root, cancel] = withCancelCause(background());
    const [child] = withCancel(root);
    const born: unknown[] = [];
    afterFunc(root, () => {
      for (const parent of [root, child]) {
        const [plain] = withCancel(parent);
        const [timed] = withTimeout(parent, 1_000);
        born.push(plain.err === root.err, timed.err === root.err, timed.signal.reason);
      }
    });
    cancel('cause');
    expect(born).toEqual([true, true, 'cause', true, true, 'cause']);
  });
});
