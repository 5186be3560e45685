import { join } from 'node:path';
import { build } from 'esbuild';
import { root } from './files.ts';
import { forEsbuild } from './stand-ins.ts';

/** What precedes the results where a bundle prints them. */
export const marker = '@@results@@';

/** Bundles tests with a runner, as a program that prints the results, or as a worker whose test does. */
export async function bundle(
  tests: readonly string[],
  kind: 'program' | 'worker',
  outfile: string,
): Promise<void> {
  const loads = tests.map(
    (file) => `${JSON.stringify(file)}: () => import(${JSON.stringify(join(root, file))})`,
  );
  const print = `console.log(${JSON.stringify(marker)} + JSON.stringify(await run(files)));`;
  const main = {
    program: print,
    worker: `export default { async test() { ${print} } };`,
  };
  await build({
    stdin: {
      contents: `import './neutral/platform.ts';
        import { run } from './neutral/run.ts';
        const files = {\n${loads.join(',\n')}\n};
        ${main[kind]}`,
      loader: 'ts',
      resolveDir: import.meta.dirname,
    },
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    conditions: ['@gosync/source', 'import'],
    // Not every engine knows `using`.
    target: 'es2022',
    define: { 'import.meta.url': '"file:///packages/conformance/src/replay/vectors.ts"' },
    plugins: [forEsbuild],
    logLevel: 'error',
  });
}
