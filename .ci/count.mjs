// Adds up the reports of all test runs of the workspace and prints `N passed, M failed` as its last line.
// Fails on a failed test, a test file that did not load, and a `test…` script without a report. An unhandled error
// between tests is not in a report; the run that had it exits non-zero.
import { existsSync, readdirSync, readFileSync } from 'node:fs';

const root = new URL('../', import.meta.url);
const read = (path) => JSON.parse(readFileSync(new URL(path, root), 'utf8'));
const list = (path) => (existsSync(new URL(path, root)) ? readdirSync(new URL(path, root)) : []);
const folders = [...list('packages/').map((name) => `packages/${name}`), 'docs'].filter((folder) =>
  existsSync(new URL(`${folder}/package.json`, root)),
);
const reports = folders.flatMap((folder) => {
  const expected = Object.keys(read(`${folder}/package.json`).scripts ?? {})
    .filter((script) => /^test(?::|$)/.test(script))
    .map((script) => `${script.slice('test:'.length) || 'vitest'}.json`);
  const found = list(`${folder}/.reports/`).filter((name) => name.endsWith('.json'));
  return [...new Set([...expected, ...found])].map((name) => `${folder}/.reports/${name}`);
});

let passed = 0;
let failed = 0;
let incomplete = false;
for (const path of reports) {
  if (!existsSync(new URL(path, root))) {
    console.error(`no report: ${path}`);
    incomplete = true;
    continue;
  }
  const report = read(path);
  // Not a test run's.
  if (!Array.isArray(report.testResults)) continue;
  passed += report.numPassedTests;
  failed += report.numFailedTests;
  for (const { name, assertionResults } of report.testResults)
    for (const { status, fullName } of assertionResults)
      if (status === 'failed') console.error(`${path}: ${name.split('/').at(-1)}: ${fullName}`);
  const broken = report.testResults.filter(
    (file) =>
      file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed'),
  );
  for (const file of broken) console.error(`${path}: ${file.name} failed outside its tests`);
  failed += broken.length;
  if (!report.success) incomplete = true;
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || incomplete ? 1 : 0;
