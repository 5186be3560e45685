// The benchmarks: `pnpm bench [ROW…]`. See README.md.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { Go } from './src/go.mjs';
import { start } from './src/report.mjs';
import { results } from './src/results.mjs';
import { rows } from './src/rows.mjs';
import { runRow } from './src/run.mjs';
import { table } from './src/table.mjs';
import { judge } from './src/verdict.mjs';

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

const runs = report.runs.map((run) =>
  chosen.flatMap((row) => {
    const own = run.results.filter(({ id }) => id === row.id);
    return judge(flags.quick ? { ...row, targets: [] } : row, own);
  }),
);
for (const [i, { node }] of report.runs.entries()) {
  console.log(`\nNode ${node}; ${report.go ?? 'no Go'}; commit ${report.commit}`);
  console.log(table(runs[i] ?? []));
}
if (flags.quick)
  console.log('\n--quick: one cold run of a thousand items each. These figures mean nothing.');

if (flags.write) {
  const data = join(import.meta.dirname, '../../docs/data');
  mkdirSync(data, { recursive: true });
  await writeFormatted(join(data, 'bench.json'), json());
  await writeFormatted(join(import.meta.dirname, 'RESULTS.md'), results(report, runs));
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
