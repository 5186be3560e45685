// The benchmarks: `pnpm bench [ROW…]`. See README.md.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Go } from './src/go.mjs';
import { commit, machine, packages } from './src/machine.mjs';
import { rows } from './src/rows.mjs';
import { runRow } from './src/run.mjs';
import { table } from './src/table.mjs';
import { judge } from './src/verdict.mjs';

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'string' },
    'no-go': { type: 'boolean', default: false },
    node: { type: 'string', multiple: true, default: [] },
    quick: { type: 'boolean', default: false },
    repeat: { type: 'string', default: '11' },
    together: { type: 'boolean', default: false },
  },
});

const chosen = rows
  .filter(({ id }) => positionals.length === 0 || positionals.some((name) => id.startsWith(name)))
  .map((row) => (flags.quick ? { ...row, n: 1000, ...(row.sizes && { sizes: [1000] }) } : row));
if (chosen.length === 0) {
  console.error(`no such row; there are ${rows.map(({ id }) => id).join(', ')}`);
  process.exit(2);
}

const go = flags['no-go'] ? 'not asked for' : await Go.find();
if (typeof go === 'string') console.log(`without Go: ${go}`);
const repeat = flags.quick ? 1 : Number(flags.repeat);
const report = {
  command: ['pnpm bench', ...process.argv.slice(2).filter((word) => !word.includes('/'))].join(' '),
  commit: commit(),
  date: new Date().toISOString().slice(0, 10),
  machine: machine(),
  go: typeof go === 'string' ? null : go.version,
  packages: packages(),
  runs: [process.execPath, ...flags.node].map((node) => ({
    node: execFileSync(node, ['--version'], { encoding: 'utf8' }).trim(),
    binary: node,
    /** @type {import('./src/run.mjs').Result[]} */
    results: [],
  })),
};

for (const row of chosen) {
  for (const run of report.runs) {
    const options = { node: run.binary, repeat, together: flags.together };
    const results = await runRow(row, typeof go === 'string' ? undefined : go, options);
    run.results.push(...results);
    process.stderr.write(`${run.node} ${row.id}\n`);
  }
}
if (typeof go !== 'string') await go.dispose();

for (const { node, results } of report.runs) {
  const lines = chosen.flatMap((row) =>
    judge(
      row,
      results.filter(({ id }) => id === row.id),
    ),
  );
  console.log(`\nNode ${node}, Go ${report.go ?? 'none'}, commit ${report.commit}`);
  console.log(table(lines));
}
if (flags.json) writeFileSync(flags.json, `${JSON.stringify(report, undefined, 2)}\n`);
