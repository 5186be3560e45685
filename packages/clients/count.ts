import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { failing } from './table.ts';
import type { Run } from './run.ts';

/** Writes the counts of a run in the form of vitest's report, which `.ci/count.mjs` adds up: each check is a test. */
export async function writeCounts(runs: readonly Run[]): Promise<void> {
  const total = runs.reduce((sum, { report }) => sum + report.checks.length, 0);
  const failed = runs.reduce((sum, { report }) => sum + failing(report).length, 0);
  const report = {
    success: failed === 0 && total > 0,
    numPassedTests: total - failed,
    numFailedTests: failed,
    testResults: [],
  };
  const folder = join(import.meta.dirname, '.reports');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'clients.json'), JSON.stringify(report));
}
