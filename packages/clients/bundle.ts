import { basename, join } from 'node:path';
import { build, type Plugin } from 'esbuild';

const harness = join(import.meta.dirname, 'harness/run.ts');

/** Leaves everything from npm to the process that runs the case, and takes the sources of our own packages in. */
const libraries: Plugin = {
  name: 'libraries',
  setup({ onResolve }) {
    onResolve({ filter: /^[^./]/ }, ({ path }) =>
      path.startsWith('@gosync/') ? undefined : { path, external: true },
    );
  },
};

/** Makes a program of each case. They have to stand where the cases' libraries are found. */
export function bundle(cases: readonly string[], folder: string): Promise<readonly string[]> {
  return Promise.all(
    cases.map(async (path) => {
      const outfile = join(folder, `${basename(path, '.ts')}.mjs`);
      const contents = `import { subject } from ${JSON.stringify(path)};
        import { run } from ${JSON.stringify(harness)};
        await run(subject);`;
      await build({
        stdin: { contents, loader: 'ts', resolveDir: import.meta.dirname },
        outfile,
        bundle: true,
        format: 'esm',
        platform: 'node',
        target: 'node20',
        conditions: ['@gosync/source'],
        plugins: [libraries],
        logLevel: 'error',
      });
      return outfile;
    }),
  );
}
