// Runs contexts in the hands of real libraries, on two versions of Node, and prints a table.
//
//   pnpm clients                 prints
//   pnpm clients --write         also writes the rows without a problem into the docs
//   pnpm clients axios redis     the cases whose file names contain one of these
//
// PostgreSQL and Redis come from Debian: see services.sh. Everything else is installed by the run.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { run as runCommand } from '@gosync/runtimes/command';
import { bundle } from './bundle.ts';
import { writeCounts } from './count.ts';
import { cases, folder, install, scratch } from './libraries.ts';
import { withTables } from './page.ts';
import { type Run, runAll } from './run.ts';
import { services } from './services.ts';
import { failing, keepGood, rejectionsTable, resultsTable, rowsOf } from './table.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { write: { type: 'boolean', default: false } },
});
const docs = join(import.meta.dirname, '../../docs');

await install();
// Only here are the libraries installed that the cases import.
await runCommand(['pnpm', '-w', 'exec', 'tsc', '-p', folder]);
const programs = await bundle(cases(positionals), scratch);
const { environment, stop } = await services();
const runs: Run[] = [];
try {
  await runAll(programs, environment, (run) => {
    runs.push(run);
    const { library, title, checks } = run.report;
    const count = failing(run.report).length;
    const name = [`Node ${run.node}`, library, title].filter(Boolean).join(', ');
    console.log(
      `${name}: ${count} of ${checks.length} not as expected, ${run.seconds.toFixed(1)} s`,
    );
    for (const check of checks)
      for (const problem of check.problems) console.log(`\n${check.name}\n${problem}\n`);
  });
} finally {
  await stop();
}

await writeCounts(runs);
const rows = rowsOf(runs);
const failed = runs.filter(({ report }) => failing(report).length > 0);
console.log(`\n${rejectionsTable(rows)}\n\n${resultsTable(rows)}\n`);
console.log(
  failed.length === 0
    ? `all as expected, on each Node ${rows.length} of ${rows.length}`
    : `NOT as expected: ${failed.length} of ${runs.length} runs`,
);
if (failed.length > 0 || runs.length === 0) process.exitCode = 1;
if (values.write && positionals.length === 0) {
  const data = join(docs, 'data/clients.json');
  const page = join(docs, 'clients.md');
  const kept = keepGood(JSON.parse(await readFile(data, 'utf8')), rows);
  await writeFile(data, `${JSON.stringify(kept, undefined, 2)}\n`);
  await writeFile(page, withTables(await readFile(page, 'utf8'), kept));
}
