// Minified and Brotli-compressed size of what each package ships, against its limit. Exits 1 above one.
import { brotliCompressSync } from 'node:zlib';
import { build } from 'esbuild';

/**
 * The goal is what was aimed at; the limit is what no change may exceed unnoticed. Where they differ, RESULTS.md
 * says what the bytes are spent on.
 * @type {[name: string, goal: number, limit: number, alone: boolean][]}
 */
const rows = [
  ['context', 1600, 4800, true],
  ['semaphore', 900, 1850, true],
  ['errgroup', 600, 1200, true],
  ['singleflight', 650, 1040, true],
  ['syncmap', 450, 790, true],
  ['redis', 9000, 12600, true],
  ['tasks', 2500, 3560, true],
  ['errgroup', 2700, 5870, false],
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

console.log('package                      bytes    goal   limit');
for (const [name, goal, limit, alone] of rows) {
  const bytes = await measure(name, alone);
  const label = alone ? name : `${name} with everything`;
  const figures = [bytes, goal, limit].map((figure) => String(figure).padStart(7)).join(' ');
  console.log(`${label.padEnd(26)} ${figures}${bytes > limit ? '  too large' : ''}`);
  if (bytes > limit) process.exitCode = 1;
}
