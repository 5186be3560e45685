import * as v from 'valibot';
import { sourceFields } from './source.ts';

const ids = v.optional(v.array(v.number()), []);
const seenFields = {
  /** Functions that began. */
  started: ids,
  /** Calls of go that returned. */
  returned: ids,
  /** Calls of wait that returned, and their errors. */
  waited: v.optional(v.array(v.strictTuple([v.number(), v.nullable(v.string())])), []),
  /** The error and the cause of the group's context, when it has just ended. */
  ctx: v.optional(v.strictTuple([v.nullable(v.string()), v.nullable(v.string())])),
};
const startFields = {
  id: v.number(),
  /** The running task that makes the call; nobody's, when absent. */
  by: v.optional(v.number()),
  /** The error with which the function ends at once; it waits for orders, when absent. */
  end: v.optional(v.nullable(v.string())),
  ...seenFields,
};

export const scriptSchema = v.strictObject({
  script: v.number(),
  /** Whence the group's context comes; a group without one, when absent. */
  parent: v.optional(v.strictObject(sourceFields)),
  steps: v.array(
    v.variant('op', [
      v.strictObject({ op: v.literal('go'), ...startFields }),
      v.strictObject({ op: v.literal('tryGo'), ok: v.boolean(), ...startFields }),
      v.strictObject({
        op: v.literal('burst'),
        ids: v.array(v.number()),
        oks: v.array(v.boolean()),
        ...seenFields,
      }),
      v.strictObject({
        op: v.literal('finish'),
        id: v.number(),
        err: v.optional(v.string()),
        ...seenFields,
      }),
      v.strictObject({ op: v.literal('wait'), id: v.number(), ...seenFields }),
      v.strictObject({
        op: v.literal('setLimit'),
        n: v.number(),
        panic: v.optional(v.string()),
        ...seenFields,
      }),
      v.strictObject({ op: v.literal('cancel'), cause: v.optional(v.string()), ...seenFields }),
      v.strictObject({ op: v.literal('advance'), ms: v.number(), ...seenFields }),
    ]),
  ),
});

export type Script = v.InferOutput<typeof scriptSchema>;
export type Step = Script['steps'][number];
export type Start = Extract<Step, { op: 'go' | 'tryGo' }>;
export type SetLimit = Extract<Step, { op: 'setLimit' }>;
