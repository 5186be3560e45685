import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Plugin as EsbuildPlugin } from 'esbuild';
import type { Plugin as VitePlugin } from 'vitest/config';

const conformance = join(import.meta.dirname, '../../conformance');

/** What the replay of the vectors has instead of Node's modules where there is no Node. */
const standIns: Readonly<Record<string, string>> = {
  'node:fs': join(import.meta.dirname, 'neutral/node-fs.ts'),
  'node:util': join(import.meta.dirname, 'neutral/node-util.ts'),
  'node:zlib': join(import.meta.dirname, 'neutral/node-zlib.ts'),
};
const vectors = 'virtual:vectors';

/** A module that holds the recorded vectors. */
function vectorsModule(): string {
  const folder = join(conformance, 'vectors');
  const files = readdirSync(folder).filter((file) => file.endsWith('.gz'));
  const texts = files.map((file) => [
    file,
    gunzipSync(readFileSync(join(folder, file))).toString(),
  ]);
  return `export const vectors = ${JSON.stringify(Object.fromEntries(texts))};`;
}

export function forVite(): VitePlugin {
  return {
    name: 'stand-ins',
    enforce: 'pre',
    resolveId(id, importer = '') {
      if (id === vectors) return `\0${vectors}`;
      return importer.startsWith(conformance) ? standIns[id] : undefined;
    },
    load: (id) => (id === `\0${vectors}` ? vectorsModule() : undefined),
  };
}

export const forEsbuild: EsbuildPlugin = {
  name: 'stand-ins',
  setup(build) {
    build.onResolve({ filter: /^node:/ }, ({ path, importer }) =>
      importer.startsWith(conformance) ? { path: standIns[path] ?? '' } : undefined,
    );
    build.onResolve({ filter: /^virtual:/ }, ({ path }) => ({ path, namespace: 'vectors' }));
    build.onLoad({ filter: /.*/, namespace: 'vectors' }, () => ({ contents: vectorsModule() }));
  },
};
