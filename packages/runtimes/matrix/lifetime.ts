import { join } from 'node:path';
import { build } from 'esbuild';
import { attempt } from '../command.ts';
import { root } from './files.ts';
import { scratch } from './install.ts';
import type { TestResult } from './neutral/run.ts';

const source = (ms: number, waits: boolean): string => `
  import { afterFunc, background, withTimeout } from '@gosync/context';
  const [ctx] = withTimeout(background(), ${ms});
  if (${waits}) afterFunc(ctx, () => console.log(ctx.err.message));
  console.log('last line');`;

/** What a deadline does to the life of a process, on runtimes that have processes. */
const cases = [
  {
    name: 'a process ends at once when nothing waits for its deadline',
    program: source(3_600_000, false),
    output: 'last line\n',
  },
  {
    name: 'a process lives until the deadline for which alone it waits',
    program: source(50, true),
    output: 'last line\ncontext deadline exceeded\n',
  },
];

export async function lifetime(command: readonly string[]): Promise<TestResult[]> {
  const results: TestResult[] = [];
  for (const { name, program, output } of cases) {
    const outfile = scratch('lifetime.mjs');
    await build({
      stdin: { contents: program, resolveDir: join(root, 'packages/runtimes') },
      outfile,
      bundle: true,
      format: 'esm',
      platform: 'neutral',
      conditions: ['@gosync/source'],
      target: 'es2022',
    });
    const seen = await attempt([...command, outfile], { timeout: 20_000 });
    const passed = seen.code === 0 && seen.output === output;
    const error = passed ? {} : { error: JSON.stringify(seen) };
    results.push({ file: 'packages/context/', name, passed, ...error });
  }
  return results;
}
