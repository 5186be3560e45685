import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { attempt } from '../command.ts';
import { root } from './files.ts';
import { scratch } from './install.ts';
import type { TestResult } from './neutral/run.ts';

const require = createRequire(import.meta.url);
const program = join(dirname(require.resolve('vitest/package.json')), 'vitest.mjs');

/** What is looked at in vitest's JSON report. */
interface Report {
  readonly success: boolean;
  readonly testResults: readonly {
    readonly name: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly ancestorTitles: readonly string[];
      readonly title: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

/** Runs vitest under a Node, and returns its results. */
export async function vitest(node: string, args: readonly string[]): Promise<TestResult[]> {
  const outputFile = scratch('vitest.json');
  // What happens outside the tests is told by the default reporter alone.
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${outputFile}`];
  const { code, output, errors } = await attempt([node, program, 'run', ...reporters, ...args], {
    cwd: root,
  });
  const report: Report = JSON.parse(await readFile(outputFile, 'utf8'));
  const results = report.testResults.flatMap(({ name, message, assertionResults }) => {
    const file = relative(root, name);
    const tests = assertionResults.map(({ ancestorTitles, title, status, failureMessages }) => ({
      file,
      name: [...ancestorTitles, title].join(' > '),
      passed: status === 'passed',
      error: failureMessages.join('\n'),
    }));
    // A file that does not load has no tests.
    return tests.length > 0 ? tests : [{ file, name: '(file)', passed: false, error: message }];
  });
  // An error outside the tests is only in the exit code and in what is printed.
  if (code !== 0 && results.every(({ passed }) => passed)) {
    results.push({
      file: '',
      name: '(run)',
      passed: false,
      error: (output + errors).slice(-5_000),
    });
  }
  return results;
}
