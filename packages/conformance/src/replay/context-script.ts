import * as v from 'valibot';

const seenFields = {
  /** Callbacks that ran. */
  ran: v.optional(v.array(v.number()), []),
  /** Contexts that ended, with their error and their cause. */
  done: v.optional(v.array(v.strictTuple([v.number(), v.string(), v.string()])), []),
};

/** What never changes about a context, recorded when it is made. */
const bornFields = {
  string: v.string(),
  /** In milliseconds since the script began. */
  deadline: v.optional(v.number()),
  /** What it has for the keys of the script. */
  values: v.record(v.string(), v.string()),
  ...seenFields,
};
const derivedFields = { parent: v.number(), ...bornFields };
/** A deadline is in milliseconds since the script began, a timeout since now. */
const timedFields = { ms: v.number(), cause: v.optional(v.string()), ...derivedFields };

export const scriptSchema = v.strictObject({
  script: v.number(),
  steps: v.array(
    v.variant('op', [
      v.strictObject({ op: v.literal('background'), ...bornFields }),
      v.strictObject({ op: v.literal('todo'), ...bornFields }),
      v.strictObject({ op: v.literal('foreign'), ...bornFields }),
      v.strictObject({ op: v.literal('withCancel'), ...derivedFields }),
      v.strictObject({ op: v.literal('withCancelCause'), ...derivedFields }),
      v.strictObject({ op: v.literal('withoutCancel'), ...derivedFields }),
      v.strictObject({
        op: v.literal('withValue'),
        key: v.string(),
        /** Go's nil, when absent. */
        value: v.optional(v.string()),
        ...derivedFields,
      }),
      v.strictObject({ op: v.literal('withDeadline'), ...timedFields }),
      v.strictObject({ op: v.literal('withDeadlineCause'), ...timedFields }),
      v.strictObject({ op: v.literal('withTimeout'), ...timedFields }),
      v.strictObject({ op: v.literal('withTimeoutCause'), ...timedFields }),
      v.strictObject({
        op: v.literal('afterFunc'),
        id: v.number(),
        ctx: v.number(),
        /** The context that the callback cancels, and with what. */
        cancels: v.optional(v.number()),
        cause: v.optional(v.string()),
        ...seenFields,
      }),
      v.strictObject({ op: v.literal('stop'), id: v.number(), ok: v.boolean(), ...seenFields }),
      v.strictObject({
        op: v.literal('cancel'),
        ctx: v.number(),
        cause: v.optional(v.string()),
        ...seenFields,
      }),
      v.strictObject({ op: v.literal('advance'), ms: v.number(), ...seenFields }),
    ]),
  ),
});

export type Step = v.InferOutput<typeof scriptSchema>['steps'][number];
/** A step that makes a context. */
export type Birth = Extract<Step, { string: string }>;
export type AfterFunc = Extract<Step, { op: 'afterFunc' }>;
