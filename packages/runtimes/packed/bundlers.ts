import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import { build, transform } from 'esbuild';
import { rollup } from 'rollup';
import webpack from 'webpack';

/** Bundles one entry file of the consumer's, minified for production. */
export type Bundle = (consumer: string, entry: string) => Promise<string>;

async function withEsbuild(consumer: string, entry: string): Promise<string> {
  const result = await build({
    absWorkingDir: consumer,
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'neutral',
    target: 'es2022',
  });
  return result.outputFiles.map(({ text }) => text).join('');
}

async function withRollup(consumer: string, entry: string): Promise<string> {
  const bundle = await rollup({
    input: join(consumer, entry),
    plugins: [nodeResolve()],
    onwarn(warning) {
      throw new Error(warning.message);
    },
  });
  const { output } = await bundle.generate({ format: 'es' });
  const minified = await transform(output[0].code, { minify: true, format: 'esm' });
  return minified.code;
}

function withWebpack(consumer: string, entry: string): Promise<string> {
  const path = join(consumer, 'webpack');
  const filename = `${entry}.js`;
  return new Promise((resolve, reject) => {
    const compiler = webpack({
      mode: 'production',
      context: consumer,
      entry: `./${entry}`,
      output: { path, filename, module: true, library: { type: 'module' } },
      experiments: { outputModule: true },
    });
    compiler.run((error, stats) => {
      if (error) reject(error);
      else if (stats?.hasErrors() || stats?.hasWarnings()) reject(new Error(stats.toString()));
      else resolve(readFileSync(join(path, filename), 'utf8'));
    });
  });
}

export const bundlers: Readonly<Record<string, Bundle>> = {
  esbuild: withEsbuild,
  rollup: withRollup,
  webpack: withWebpack,
};
