// Runs the tests on every runtime, or on those whose names are given, and prints a table of the results.
//
//   pnpm matrix                  prints
//   pnpm matrix --write          also writes the rows without a failure into the docs
//   pnpm matrix --published      on Node, only the tests of the published packages and the vectors
//   pnpm matrix node deno        the runtimes whose names contain one of these
//
// The browsers come from Debian: see browsers.sh.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from './files.ts';
import { runtimes } from './runtimes.ts';
import { count, platformsTable, resultsTable, type Row } from './table.ts';
import { withTables } from './page.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    published: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
});
const all = runtimes(values.published);
const chosen = all.filter(
  ({ name }) =>
    positionals.length === 0 ||
    positionals.some((part) => name.toLowerCase().includes(part.toLowerCase())),
);

const rows: Row[] = [];
const good: Row[] = [];
for (const { name, run } of chosen) {
  const begin = performance.now();
  const { version, results: found } = await run();
  const seconds = Math.round((performance.now() - begin) / 1_000);
  const { counts, platform, failures } = count(found);
  const row = { runtime: name, version, seconds, counts, platform };
  rows.push(row);
  if (failures.length === 0) good.push(row);
  console.log(`${name} ${version}: ${failures.length} failed, ${seconds} s`);
  for (const failure of failures) {
    process.exitCode = 1;
    console.log(`\n${failure.file}\n${failure.name}\n${failure.error ?? ''}`);
  }
}

console.log(`\n${resultsTable(rows)}\n\n${platformsTable(rows)}`);

if (values.write) {
  // A runtime with a failure keeps the row of its last run without one.
  const data = join(root, 'docs/data/matrix.json');
  const known: Row[] = JSON.parse(await readFile(data, 'utf8'));
  const merged = all.flatMap(({ name }) => {
    const isOfName = ({ runtime }: Row): boolean => runtime === name;
    return good.find(isOfName) ?? known.find(isOfName) ?? [];
  });
  const page = join(root, 'docs/runtimes.md');
  await writeFile(data, `${JSON.stringify(merged, undefined, 2)}\n`);
  await writeFile(page, withTables(await readFile(page, 'utf8'), merged));
}
