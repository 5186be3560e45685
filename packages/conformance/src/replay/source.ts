import { background, type Context, withCancelCause, withTimeoutCause } from '@gosync/context';
import * as v from 'valibot';
import type { Stage } from './stage.ts';

/** A context that a script hands to a primitive; all of them are unrelated. */
export const sourceFields = {
  /** `never` does not end; `cancel` ends when told; `deadline` after `ms` or when told; `done` has ended. */
  kind: v.picklist(['never', 'cancel', 'deadline', 'done']),
  ms: v.optional(v.number()),
  cause: v.optional(v.string()),
};

const fields = v.object(sourceFields);

export interface Source {
  readonly kind: v.InferOutput<typeof fields>['kind'];
  readonly ctx: Context;
  readonly cancel: (cause?: Error) => void;
}

export function openSource(
  { kind, ms = 0, cause }: v.InferOutput<typeof fields>,
  { bubble, names }: Stage,
): Source {
  if (kind === 'never') return { kind, ctx: background(), cancel: () => undefined };
  const [ctx, cancel] = withCancelCause(background());
  if (kind === 'done') cancel(names.error(cause));
  if (kind !== 'deadline') return { kind, ctx, cancel };
  bubble.alarm(bubble.now + ms);
  const [timed] = withTimeoutCause(ctx, ms, names.error(cause));
  return { kind, ctx: timed, cancel };
}
