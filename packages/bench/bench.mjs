// The benchmarks: `pnpm bench [ROW…]`. See README.md.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { Go } from './src/go.mjs';
import { kind } from './src/machine.mjs';
import { reports, start } from './src/report.mjs';
import { results } from './src/results.mjs';
import { rows } from './src/rows.mjs';
import { runRow } from './src/run.mjs';
import { table } from './src/table.mjs';
import { judgeAll } from './src/verdict.mjs';

const words = process.argv.slice(2);
const { values: flags, positionals } = parseArgs({
  args: words,
  allowPositionals: true,
  options: {
    json: { type: 'string' },
    'no-go': { type: 'boolean', default: false },
    node: { type: 'string', multiple: true, default: [] },
    quick: { type: 'boolean', default: false },
    repeat: { type: 'string', default: '11' },
    together: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
});

const chosen = rows.filter(
  ({ id }) => positionals.length === 0 || positionals.some((name) => id.startsWith(name)),
);
if (chosen.length === 0) {
  console.error(`no such row; there are ${rows.map(({ id }) => id).join(', ')}`);
  process.exit(2);
}

const found = flags['no-go'] ? 'not asked for' : await Go.find();
const go = typeof found === 'string' ? undefined : found;
if (typeof found === 'string') console.log(`without Go: ${found}`);
const nodes = [process.execPath, ...flags.node];
const report = start(words, nodes, go?.version ?? null, chosen);

// What pnpm was called in, for it changes to the package's folder.
const here = process.env['INIT_CWD'] ?? process.cwd();
const json = () => `${JSON.stringify(report, undefined, 2)}\n`;

try {
  for (const row of chosen) {
    for (const [i, run] of report.runs.entries()) {
      const node = nodes[i] ?? process.execPath;
      const { quick, together } = flags;
      const repeat = quick ? 1 : Number(flags.repeat);
      run.results.push(...(await runRow(row, go, { node, repeat, quick, together })));
      console.error(`${run.node} ${row.id}`);
    }
    // After each row: a run takes long, and what is measured outlives its interruption.
    if (flags.json) writeFileSync(resolve(here, flags.json), json());
  }
} finally {
  await go?.dispose();
}

const judged = flags.quick ? chosen.map((row) => ({ ...row, targets: [] })) : chosen;
for (const run of report.runs) {
  console.log(`\nNode ${run.node}; ${report.go ?? 'no Go'}; commit ${report.commit}`);
  console.log(table(judgeAll(judged, run.results)));
}
if (flags.quick)
  console.log('\n--quick: one cold run of a thousand items each. These figures mean nothing.');

if (flags.write) {
  const data = join(import.meta.dirname, '../../docs/data/bench');
  mkdirSync(data, { recursive: true });
  await writeFormatted(join(data, `${kind(report.machine.cpu)}.json`), json());
  await writeFormatted(join(import.meta.dirname, 'RESULTS.md'), results(reports(data)));
}

/**
 * As the format check wants it.
 * @param {string} file
 * @param {string} text
 */
async function writeFormatted(file, text) {
  const options = await resolveConfig(file);
  writeFileSync(file, await format(text, { ...options, filepath: file }));
}
