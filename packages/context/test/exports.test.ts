import { describe, expect, expectTypeOf, it } from 'vitest';
import * as context from '@gosync/context';

describe('@gosync/context', () => {
  it('exports these values and no others', () => {
    expect(Object.keys(context).sort()).toEqual([
      'CanceledError',
      'DeadlineExceededError',
      'afterFunc',
      'background',
      'cause',
      'createKey',
      'from',
      'isCanceled',
      'isDeadlineExceeded',
      'sleep',
      'throwIfDone',
      'todo',
      'wait',
      'withCancel',
      'withCancelCause',
      'withDeadline',
      'withDeadlineCause',
      'withTimeout',
      'withTimeoutCause',
      'withValue',
      'withoutCancel',
    ]);
  });

  it('exports these types', () => {
    expectTypeOf<context.Context>().toBeObject();
    expectTypeOf<context.ContextLike>().not.toBeUnknown();
    expectTypeOf<context.CancelFunc>().toBeFunction();
    expectTypeOf<context.CancelCauseFunc>().toBeFunction();
    expectTypeOf<context.Key<number>>().toBeObject();
    expect(context.background()).toBe(context.background());
  });
});
