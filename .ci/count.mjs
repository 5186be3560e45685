// Adds up the reports of every `test…` script of the workspace and prints `N passed, M failed` as its last line.
// Fails on a failed test, a test file that did not load, and a script without a report. An unhandled error between
// tests is not in a report; the run that had it exits non-zero.
import { existsSync, readdirSync, readFileSync } from 'node:fs';

const root = new URL('../', import.meta.url);
const read = (path) => JSON.parse(readFileSync(new URL(path, root), 'utf8'));
const reports = [
  ...readdirSync(new URL('packages/', root)).map((name) => `packages/${name}`),
  'docs',
]
  .filter((folder) => existsSync(new URL(`${folder}/package.json`, root)))
  .flatMap((folder) =>
    Object.keys(read(`${folder}/package.json`).scripts ?? {})
      .filter((script) => /^test(?::|$)/.test(script))
      .map((script) => ({ folder, script, name: script.slice('test:'.length) || 'vitest' })),
  );

let passed = 0;
let failed = 0;
let incomplete = false;
for (const { folder, script, name } of reports) {
  const path = `${folder}/.reports/${name}.json`;
  if (!existsSync(new URL(path, root))) {
    console.error(`${folder}: no report of its ${script}`);
    incomplete = true;
    continue;
  }
  const report = read(path);
  passed += report.numPassedTests;
  failed += report.numFailedTests;
  const broken = report.testResults.filter(
    (file) =>
      file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed'),
  );
  for (const file of broken) console.error(`${folder}: ${file.name} failed outside its tests`);
  failed += broken.length;
  if (!report.success) incomplete = true;
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || incomplete ? 1 : 0;
