import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import * as v from 'valibot';

/** What the vectors cover, one file each. */
export const primitives = ['context', 'semaphore', 'errgroup', 'singleflight', 'syncmap'] as const;

export type Primitive = (typeof primitives)[number];

const header = v.strictObject({
  primitive: v.picklist(primitives),
  go: v.string(),
  xsync: v.string(),
  sha256: v.string(),
  seed: v.number(),
  scripts: v.number(),
  steps: v.number(),
  command: v.string(),
});

/** Which Go recorded a file, and how to record it again. */
export type Header = v.InferOutput<typeof header>;

/** A vector file: its header, and a line of JSON for every script. */
export interface Vectors {
  readonly header: Header;
  readonly scripts: readonly string[];
}

export function readVectors(primitive: Primitive): Vectors {
  const file = new URL(`../../vectors/${primitive}.jsonl.gz`, import.meta.url);
  const [first = '', ...scripts] = gunzipSync(readFileSync(file)).toString().trimEnd().split('\n');
  return { header: v.parse(header, JSON.parse(first)), scripts };
}
