// Minified and Brotli-compressed size of what each package ships, against its limit. Exits 1 above one.
import { brotliCompressSync } from 'node:zlib';
import { build } from 'esbuild';

/** @type {[name: string, limit: number, alone: boolean][]} */
const rows = [
  ['context', 1600, true],
  ['semaphore', 900, true],
  ['errgroup', 600, true],
  ['singleflight', 650, true],
  ['syncmap', 450, true],
  ['errgroup', 2700, false],
];

/**
 * @param {string} name
 * @param {boolean} alone without the other packages
 * @returns {Promise<number>} bytes
 */
async function measure(name, alone) {
  const result = await build({
    entryPoints: [`../${name}/dist/index.js`],
    absWorkingDir: import.meta.dirname,
    external: alone ? ['@gosync/*'] : [],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'neutral',
    target: 'es2022',
  });
  return result.outputFiles.reduce(
    (sum, file) => sum + brotliCompressSync(file.contents).length,
    0,
  );
}

console.log('package                      bytes   limit');
for (const [name, limit, alone] of rows) {
  const bytes = await measure(name, alone);
  const label = alone ? name : `${name} with everything`;
  const figures = `${label.padEnd(26)} ${String(bytes).padStart(7)} ${String(limit).padStart(7)}`;
  console.log(bytes > limit ? `${figures}  too large` : figures);
  if (bytes > limit) process.exitCode = 1;
}
