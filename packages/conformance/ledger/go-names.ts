import { readFileSync } from 'node:fs';
import { type InferOutput, object, parse, picklist, record, string } from 'valibot';

const kind = picklist(['symbol', 'test', 'example', 'benchmark']);
const schema = object({
  go: string(),
  xsync: string(),
  packages: record(string(), record(string(), kind)),
});

/** What a name of Go's is. */
export type Kind = InferOutput<typeof kind>;
/** What Go has: the kinds of names, by package. */
export type Names = InferOutput<typeof schema>;

export const names: Names = parse(
  schema,
  JSON.parse(readFileSync(new URL('go-names.json', import.meta.url), 'utf8')),
);
