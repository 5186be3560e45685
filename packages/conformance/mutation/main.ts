import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Stryker } from '@stryker-mutator/core';
import { readReport } from './report.ts';

const names = ['context', 'semaphore', 'errgroup', 'singleflight', 'syncmap', 'tasks', 'redis'];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    concurrency: { type: 'string', default: '1' },
    /** Looks at the reports of the last runs and mutates nothing. */
    report: { type: 'boolean', default: false },
    /** Writes the figures of all packages where the documentation takes them from. */
    write: { type: 'boolean', default: false },
  },
});
const packages = positionals.length > 0 ? positionals : names;
const unknown = packages.filter((name) => !names.includes(name));
if (unknown.length > 0) throw new RangeError(`no package to mutate: ${unknown.join(', ')}`);

// Stryker copies what is below the directory that it is started in.
const root = fileURLToPath(new URL('../../..', import.meta.url));
process.chdir(root);

const reportOf = (name: string): string => `packages/conformance/.reports/mutation-${name}.json`;

async function mutate(name: string): Promise<void> {
  // The configuration of Vitest looks at it, in a process of its own.
  process.env['MUTATED'] = name;
  const stryker = new Stryker({
    mutate: [`packages/${name}/src/**/*.ts`],
    testRunner: 'vitest',
    // By path: in node_modules it is not beside the core.
    plugins: [fileURLToPath(import.meta.resolve('@stryker-mutator/vitest-runner'))],
    vitest: { configFile: 'packages/conformance/mutation/vitest.config.ts', related: false },
    coverageAnalysis: 'perTest',
    concurrency: Number(values.concurrency),
    // For mutants that wait for ever; those that run for ever are found by how often they are hit.
    timeoutMS: 30_000,
    ignorePatterns: ['docs', 'dist', '.reports', 'packages/bench', 'packages/runtimes'],
    tempDirName: '.stryker-tmp',
    reporters: [process.stdout.isTTY ? 'progress' : 'progress-append-only', 'json'],
    jsonReporter: { fileName: reportOf(name) },
    warnings: {
      slow: false,
      unknownOptions: true,
      preprocessorErrors: true,
      unserializableOptions: true,
    },
  });
  await stryker.runMutationTest();
}

const rows: string[] = [];
let isComplete = true;
for (const name of packages) {
  if (!values.report) await mutate(name);
  if (!existsSync(reportOf(name))) {
    console.log(`${name}: not run yet`);
    isComplete = false;
    continue;
  }
  const { mutants, detected, errors, survivors } = readReport(reportOf(name));
  const unexplained = survivors.filter(({ why }) => why === undefined);
  const score = (100 * detected) / (detected + survivors.length);
  isComplete &&= score >= 95 && unexplained.length === 0;
  rows.push(`| ${name} | ${mutants} | ${detected} | ${survivors.length} | ${score.toFixed(1)} % |`);
  console.log(
    `${name}: ${score.toFixed(1)} % of ${mutants} mutants, ${detected} detected, ` +
      `${survivors.length} survived (${unexplained.length} unexplained), ${errors} errors`,
  );
  for (const { place, original, replacement, why } of survivors) {
    console.log(`  ${place}: ${original} -> ${replacement}\n    ${why ?? 'UNEXPLAINED'}`);
  }
}
if (values.write) {
  if (rows.length < names.length) throw new Error('figures of some packages are missing');
  mkdirSync('docs/data', { recursive: true });
  const head = ['package', 'mutants', 'noticed', 'equivalent', 'score'];
  const lines = [head.join(' | '), head.map((_, i) => (i === 0 ? '---' : '--:')).join(' | ')];
  writeFileSync(
    'docs/data/mutation.md',
    [...lines.map((line) => `| ${line} |`), ...rows, ''].join('\n'),
  );
}
process.exitCode = isComplete ? 0 : 1;
