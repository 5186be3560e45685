import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { forEsbuild } from './stand-ins.ts';

const root = join(import.meta.dirname, '../../..');
const packages = ['context', 'semaphore', 'errgroup', 'singleflight', 'syncmap'];

/** The test files that need nothing of Node, from the root of the repository. */
export function neutralTests(): string[] {
  const own = packages.flatMap((name) =>
    readdirSync(join(root, 'packages', name, 'test'))
      .filter((file) => file.endsWith('.test.ts') && !file.endsWith('.node.test.ts'))
      .map((file) => `packages/${name}/test/${file}`),
  );
  return [...own, 'packages/conformance/test/replay.test.ts'];
}

/** Bundles the tests with their runner into one file; `main` says what to do with them. */
export async function bundle(main: string, outfile: string): Promise<void> {
  const loads = neutralTests().map(
    (file) => `${JSON.stringify(file)}: () => import(${JSON.stringify(join(root, file))})`,
  );
  await build({
    stdin: {
      contents: `import { run } from './neutral/run.ts';
        const files = {\n${loads.join(',\n')}\n};
        ${main}`,
      loader: 'ts',
      resolveDir: import.meta.dirname,
    },
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    conditions: ['@gosync/source', 'import'],
    // No engine here knows `using` for sure.
    target: 'es2022',
    define: { 'import.meta.url': '"file:///packages/conformance/src/replay/vectors.ts"' },
    plugins: [forEsbuild],
    logLevel: 'error',
  });
}
