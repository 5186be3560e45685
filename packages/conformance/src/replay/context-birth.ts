import {
  background,
  CanceledError,
  type Context,
  type Key,
  todo,
  withCancel,
  withCancelCause,
  withDeadline,
  withDeadlineCause,
  withoutCancel,
  withTimeout,
  withTimeoutCause,
  withValue,
} from '@gosync/context';
import type { Birth } from './context-script.ts';
import type { Stage } from './stage.ts';

/** A context of a script. */
export interface Node {
  readonly ctx: Context;
  readonly cancel: (cause?: Error) => void;
}

/** Makes the context of a step. */
export function derive(
  step: Birth,
  parent: Context = background(),
  keys: ReadonlyMap<string, Key<string | undefined>>,
  { bubble, names }: Stage,
): Node {
  if ('ms' in step) bubble.alarm(step.ms + (step.op.startsWith('withTimeout') ? bubble.now : 0));
  switch (step.op) {
    case 'background':
      return endless(background());
    case 'todo':
      return endless(todo());
    case 'foreign':
      return foreign();
    case 'withoutCancel':
      return endless(withoutCancel(parent));
    case 'withValue': {
      const key = keys.get(step.key);
      if (!key) throw new Error(`no key ${step.key}`);
      return endless(withValue(parent, key, step.value));
    }
    case 'withCancel':
      return node(withCancel(parent));
    case 'withCancelCause':
      return node(withCancelCause(parent));
    case 'withDeadline':
      return node(withDeadline(parent, bubble.epoch(step.ms)));
    case 'withDeadlineCause':
      // A Date is as good as a number.
      return node(
        withDeadlineCause(parent, new Date(bubble.epoch(step.ms)), names.error(step.cause)),
      );
    case 'withTimeout':
      return node(withTimeout(parent, step.ms));
    default:
      return node(withTimeoutCause(parent, step.ms, names.error(step.cause)));
  }
}

function node([ctx, cancel]: readonly [Context, (cause?: Error) => void]): Node {
  return { ctx, cancel };
}

function endless(ctx: Context): Node {
  return {
    ctx,
    cancel: () => {
      throw new Error('not to be cancelled');
    },
  };
}

/** A Context that somebody else wrote, with an end of its own. */
function foreign(): Node {
  const controller = new AbortController();
  let err: CanceledError | undefined;
  const ctx: Context = {
    signal: controller.signal,
    deadline: undefined,
    get err() {
      return err;
    },
    value: () => undefined,
    toString: () => 'foreign',
  };
  const cancel = (): void => controller.abort((err ??= new CanceledError()));
  return { ctx, cancel };
}
