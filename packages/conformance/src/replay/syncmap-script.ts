import * as v from 'valibot';

/** A value as JSON writes it. Null is Go's nil; an object is one that equals only itself. */
export const valueSchema = v.union([
  v.null(),
  v.string(),
  v.number(),
  v.boolean(),
  v.strictObject({ object: v.number() }),
  v.strictObject({ number: v.literal('NaN') }),
]);
const pairSchema = v.strictTuple([valueSchema, v.boolean()]);

const key = { key: valueSchema };
const value = { value: valueSchema };
const result = { result: pairSchema };
const compared = { old: valueSchema, ok: v.boolean() };

/** The callbacks of range; each does at every key what its name says. */
const callbackSchema = v.picklist([
  'look',
  'stop',
  'delete',
  'store',
  'storeAgain',
  'swap',
  'loadOrStore',
  'loadAndDelete',
  'compareAndSwap',
  'compareAndDelete',
  'clear',
  'deleteAll',
  'add',
  'nest',
]);

/** A visited key, its value, and what the callback got out of its operation, if anything. */
const visitSchema = v.union([
  v.strictTuple([valueSchema, valueSchema]),
  v.strictTuple([valueSchema, valueSchema, v.union([pairSchema, v.boolean(), v.number()])]),
]);

export const scriptSchema = v.strictObject({
  script: v.number(),
  steps: v.array(
    v.variant('op', [
      v.strictObject({ op: v.literal('load'), ...key, ...result }),
      v.strictObject({ op: v.literal('store'), ...key, ...value }),
      v.strictObject({ op: v.literal('loadOrStore'), ...key, ...value, ...result }),
      v.strictObject({ op: v.literal('loadAndDelete'), ...key, ...result }),
      v.strictObject({ op: v.literal('delete'), ...key }),
      v.strictObject({ op: v.literal('swap'), ...key, ...value, ...result }),
      v.strictObject({ op: v.literal('compareAndSwap'), ...key, ...value, ...compared }),
      v.strictObject({ op: v.literal('compareAndDelete'), ...key, ...compared }),
      v.strictObject({ op: v.literal('clear') }),
      v.strictObject({
        op: v.literal('range'),
        callback: callbackSchema,
        /** What the callback stores. */
        with: valueSchema,
        /** In the order of the keys' JSON: Go's own order is random. */
        visits: v.optional(v.array(visitSchema)),
        /** Only the number of visits, where the visited keys depend on the order. */
        count: v.optional(v.number()),
      }),
    ]),
  ),
});

export type Step = v.InferOutput<typeof scriptSchema>['steps'][number];
export type Range = Extract<Step, { op: 'range' }>;
export type Value = v.InferOutput<typeof valueSchema>;
export type Visit = v.InferOutput<typeof visitSchema>;
