import { describe, expect, it } from 'vitest';
import {
  CanceledError,
  type Context,
  DeadlineExceededError,
  background,
  cause,
  todo,
  withCancel,
  withCancelCause,
  withTimeout,
  withTimeoutCause,
  withoutCancel,
} from '@gosync/context';
import { DependentContext } from './foreign-context.ts';

const forever = 1e9;
const parentCause = new Error('parent cause');
const childCause = new Error('child cause');
const tooSlow = new Error('too slow');
const finishedEarly = new Error('finished early');

/** Stands for "the context's own error" as the expected cause. */
const itself = Symbol('err');

interface Case {
  readonly title: string;
  readonly make: () => Context;
  readonly error: typeof CanceledError | typeof DeadlineExceededError | undefined;
  readonly cause: unknown;
}

const live: readonly Case[] = [
  { title: 'background()', make: background, error: undefined, cause: undefined },
  { title: 'todo()', make: todo, error: undefined, cause: undefined },
  {
    title: 'withoutCancel()',
    make: () => withoutCancel(background()),
    error: undefined,
    cause: undefined,
  },
  {
    title: 'withoutCancel() under a canceled parent',
    make: () => {
      const [parent, cancel] = withCancelCause(background());
      const ctx = withoutCancel(parent);
      cancel(finishedEarly);
      return ctx;
    },
    error: undefined,
    cause: undefined,
  },
  {
    title: 'withoutCancel() under a parent whose time is up',
    make: () => {
      const [parent, cancel] = withTimeoutCause(background(), 0, tooSlow);
      const ctx = withoutCancel(parent);
      cancel();
      return ctx;
    },
    error: undefined,
    cause: undefined,
  },
];

/** Makes parent and child, and hands their cancel functions over. */
function pair(
  end: (cancelParent: (cause?: Error) => void, cancelChild: typeof cancelParent) => void,
) {
  return (): Context => {
    const [parent, cancelParent] = withCancelCause(background());
    const [child, cancelChild] = withCancelCause(parent);
    end(cancelParent, cancelChild);
    return child;
  };
}

const canceled: readonly Case[] = [
  {
    title: 'withCancel()',
    make: () => {
      const [ctx, cancel] = withCancel(background());
      cancel();
      return ctx;
    },
    error: CanceledError,
    cause: itself,
  },
  {
    title: 'withCancelCause()',
    make: () => {
      const [ctx, cancel] = withCancelCause(background());
      cancel(parentCause);
      return ctx;
    },
    error: CanceledError,
    cause: parentCause,
  },
  {
    title: 'withCancelCause() without a cause',
    make: () => {
      const [ctx, cancel] = withCancelCause(background());
      cancel();
      return ctx;
    },
    error: CanceledError,
    cause: itself,
  },
  {
    title: 'a child canceled after its parent',
    make: pair((parent, child) => {
      parent(parentCause);
      child(childCause);
    }),
    error: CanceledError,
    cause: parentCause,
  },
  {
    title: 'a child canceled before its parent',
    make: pair((parent, child) => {
      child(childCause);
      parent(parentCause);
    }),
    error: CanceledError,
    cause: childCause,
  },
  {
    title: 'a child canceled without a cause, after its parent',
    make: pair((parent, child) => {
      parent(parentCause);
      child();
    }),
    error: CanceledError,
    cause: parentCause,
  },
  {
    title: 'a child canceled without a cause, before its parent',
    make: pair((parent, child) => {
      child();
      parent(parentCause);
    }),
    error: CanceledError,
    cause: itself,
  },
  {
    title: 'a child canceled after its parent, which had no cause',
    make: pair((parent, child) => {
      parent();
      child(childCause);
    }),
    error: CanceledError,
    cause: itself,
  },
  {
    title: 'a child canceled before its parent, which had no cause',
    make: pair((parent, child) => {
      child(childCause);
      parent();
    }),
    error: CanceledError,
    cause: childCause,
  },
];

const timed: readonly Case[] = [
  {
    title: 'withTimeout() of zero',
    make: () => {
      const [ctx, cancel] = withTimeout(background(), 0);
      cancel();
      return ctx;
    },
    error: DeadlineExceededError,
    cause: itself,
  },
  {
    title: 'withTimeout(), canceled before',
    make: () => {
      const [ctx, cancel] = withTimeout(background(), forever);
      cancel();
      return ctx;
    },
    error: CanceledError,
    cause: itself,
  },
  {
    title: 'withTimeoutCause() of zero',
    make: () => {
      const [ctx, cancel] = withTimeoutCause(background(), 0, tooSlow);
      cancel();
      return ctx;
    },
    error: DeadlineExceededError,
    cause: tooSlow,
  },
  {
    title: 'withTimeoutCause(), canceled before',
    make: () => {
      const [ctx, cancel] = withTimeoutCause(background(), forever, tooSlow);
      cancel();
      return ctx;
    },
    error: CanceledError,
    cause: itself,
  },
  {
    title: 'withTimeoutCause() of zero whose parent is canceled afterwards',
    make: () => {
      const [parent, cancel] = withCancelCause(background());
      const [ctx] = withTimeoutCause(parent, 0, tooSlow);
      cancel(finishedEarly);
      return ctx;
    },
    error: DeadlineExceededError,
    cause: tooSlow,
  },
  {
    title: 'withTimeoutCause() whose parent is canceled before',
    make: () => {
      const [parent, cancel] = withCancelCause(background());
      const [ctx] = withTimeoutCause(parent, forever, tooSlow);
      cancel(finishedEarly);
      return ctx;
    },
    error: CanceledError,
    cause: finishedEarly,
  },
];

const custom: readonly Case[] = [
  {
    title: 'a foreign context under a live parent',
    make: () => {
      const ctx = new DependentContext(withCancelCause(background())[0]);
      ctx.cancel();
      return ctx;
    },
    error: CanceledError,
    cause: itself,
  },
  {
    title: 'a foreign context whose parent was canceled before',
    make: () => {
      const [parent, cancel] = withCancelCause(background());
      const ctx = new DependentContext(parent);
      cancel(parentCause);
      ctx.cancel();
      return ctx;
    },
    error: CanceledError,
    cause: parentCause,
  },
  {
    // Go answers with the parent's cause here, because it cannot tell. A signal's reason can.
    title: 'a foreign context whose parent was canceled after it',
    make: () => {
      const [parent, cancel] = withCancelCause(background());
      const ctx = new DependentContext(parent);
      ctx.cancel();
      cancel(parentCause);
      return ctx;
    },
    error: CanceledError,
    cause: itself,
  },
];

describe('cause()', () => {
  it.each([...live, ...canceled, ...timed, ...custom])(
    'tells why it is done: $title [go: TestCause]',
    ({ make, error, cause: want }) => {
      const ctx = make();
      expect(ctx.err?.constructor).toBe(error);
      expect(cause(ctx)).toBe(want === itself ? ctx.err : want);
    },
  );

  it('is there as soon as a task that cancels has run [go: TestCauseRace]', async () => {
    const [ctx, cancel] = withCancelCause(background());
    queueMicrotask(() => cancel(parentCause));
    let turns = 0;
    while (cause(ctx) === undefined && turns < 10) {
      turns++;
      await Promise.resolve();
    }
    expect(cause(ctx)).toBe(parentCause);
  });

  it('is the reason of a signal that is aborted, and undefined for one that is not', () => {
    const controller = new AbortController();
    expect(cause(controller.signal)).toBeUndefined();
    controller.abort('reason');
    expect(cause(controller.signal)).toBe('reason');
    expect(cause({ signal: controller.signal })).toBe('reason');
  });
});
