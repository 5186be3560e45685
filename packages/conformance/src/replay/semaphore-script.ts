import * as v from 'valibot';
import { sourceFields } from './source.ts';

const tryFields = { op: v.literal('try'), n: v.number(), ok: v.boolean() };
const releaseFields = {
  op: v.literal('release'),
  n: v.number(),
  panic: v.optional(v.string()),
};
const nowSchema = v.variant('op', [v.strictObject(tryFields), v.strictObject(releaseFields)]);

/** Who returned: an id for a success; else the id, ctx.Err() and the cause of the context. */
const settlement = v.union([
  v.number(),
  v.strictTuple([v.number(), v.nullable(v.string()), v.nullable(v.string())]),
]);
const seen = { settled: v.optional(v.array(settlement), []) };

export const scriptSchema = v.strictObject({
  script: v.number(),
  size: v.number(),
  steps: v.array(
    v.variant('op', [
      v.strictObject({ op: v.literal('context'), ...sourceFields, ...seen }),
      v.strictObject({
        op: v.literal('acquire'),
        id: v.number(),
        ctx: v.number(),
        n: v.number(),
        ...seen,
      }),
      v.strictObject({ ...tryFields, ...seen }),
      v.strictObject({ ...releaseFields, ...seen }),
      v.strictObject({
        op: v.literal('burst'),
        ops: v.array(nowSchema),
        ...seen,
      }),
      v.strictObject({
        op: v.literal('cancel'),
        ctx: v.number(),
        cause: v.optional(v.string()),
        ...seen,
      }),
      v.strictObject({ op: v.literal('advance'), ms: v.number(), ...seen }),
    ]),
  ),
});

export type Script = v.InferOutput<typeof scriptSchema>;
export type Step = Script['steps'][number];
export type Now = v.InferOutput<typeof nowSchema>;
export type Acquire = Extract<Step, { op: 'acquire' }>;
export type Settlement = v.InferOutput<typeof settlement>;
