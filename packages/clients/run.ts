import { join } from 'node:path';
import { install } from '@gosync/runtimes/install';
import type { Report } from './harness/case.ts';
import { launch } from './launch.ts';

/** The oldest Node that is supported, and the one that most use. */
export const nodes = ['20.20.2', '24.21.0'] as const;

/** How many processes run at once. */
const parallel = 2;

export interface Run {
  readonly node: string;
  readonly report: Report;
  readonly seconds: number;
}

/** Where a version of Node is found. */
async function binary(version: string): Promise<string> {
  const folder = await install(`node-${process.platform}-${process.arch}`, version);
  return join(folder, 'bin/node');
}

/** Runs each program on each Node. Calls `seen` with each result as it comes. */
export async function runAll(
  programs: readonly string[],
  environment: Readonly<Record<string, string>>,
  seen: (run: Run) => void,
): Promise<void> {
  const binaries = await Promise.all(nodes.map(binary));
  const jobs = programs.flatMap((program) =>
    nodes.map((node, index) => ({ program, node, path: binaries[index] ?? '' })),
  );
  const worker = async (): Promise<void> => {
    for (let job = jobs.shift(); job; job = jobs.shift()) {
      const begin = performance.now();
      const report = await launch(job.path, job.program, { environment });
      seen({ node: job.node, report, seconds: (performance.now() - begin) / 1_000 });
    }
  };
  await Promise.all(Array.from({ length: parallel }, worker));
}
