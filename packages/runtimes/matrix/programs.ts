import { writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { attempt } from '../command.ts';
import { bundle, marker } from './bundle.ts';
import { scratch } from './install.ts';
import type { TestResult } from './neutral/run.ts';

/** Runs a command that prints results, and returns them. */
async function resultsOf(command: readonly string[]): Promise<TestResult[]> {
  const { code, output, errors } = await attempt(command, { timeout: 240_000 });
  const line = output.split('\n').find((each) => each.startsWith(marker));
  const results: TestResult[] = line === undefined ? [] : JSON.parse(line.slice(marker.length));
  // Errors outside the tests: the runtime says so as it ends.
  const uncaught = code !== 0 || /uncaught exception|unhandled/i.test(errors);
  if (line !== undefined && !uncaught) return results;
  const error = `exited with ${code}\n${errors.slice(-2_000)}`;
  return [...results, { file: '', name: '(run)', passed: false, error }];
}

/** Runs tests as a program. */
export async function program(
  command: readonly string[],
  tests: readonly string[],
): Promise<TestResult[]> {
  const file = scratch('program.mjs');
  await bundle(tests, 'program', file);
  return resultsOf([...command, file]);
}

/** Runs tests as a worker of workerd. */
export async function worker(workerd: string, tests: readonly string[]): Promise<TestResult[]> {
  const file = scratch('worker.mjs');
  await bundle(tests, 'worker', file);
  const config = join(dirname(file), 'worker.capnp');
  await writeFile(
    config,
    `using Workerd = import "/workerd/workerd.capnp";
    const config :Workerd.Config = (services = [(name = "main", worker = (
      modules = [(name = "worker", esModule = embed "${basename(file)}")],
      compatibilityDate = "2026-11-01"))]);`,
  );
  return resultsOf([workerd, 'test', config]);
}
