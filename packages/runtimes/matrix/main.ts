// Runs the tests on every runtime, or on those whose names are given, and prints a table of the results.
//
//   pnpm matrix                  prints
//   pnpm matrix --write          also writes the table into the docs
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
for (const { name, run } of chosen) {
  const begin = performance.now();
  const { version, results: found } = await run();
  const seconds = Math.round((performance.now() - begin) / 1_000);
  const { counts, platform, failures } = count(found);
  rows.push({ runtime: name, version, seconds, counts, platform });
  console.log(`${name} ${version}: ${failures.length} failed, ${seconds} s`);
  for (const failure of failures) {
    process.exitCode = 1;
    console.log(`\n${failure.file}\n${failure.name}\n${failure.error ?? ''}`);
  }
}

console.log(`\n${resultsTable(rows)}\n\n${platformsTable(rows)}`);

if (values.write) {
  if (process.exitCode === 1 || chosen.length < all.length) {
    throw new Error('not written: only a full run without failures is');
  }
  const page = join(root, 'docs/runtimes.md');
  await writeFile(join(root, 'docs/data/matrix.json'), `${JSON.stringify(rows, undefined, 2)}\n`);
  await writeFile(page, withTables(await readFile(page, 'utf8'), rows));
}
