import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { defineLoader } from 'vitepress';

const vectors = new URL('../../../packages/conformance/vectors/', import.meta.url);
const matrix = new URL('../../data/matrix.json', import.meta.url);

/** The figures of the sentence that says why to trust these packages. */
export interface Proof {
  readonly scripts: number;
  readonly steps: number;
  readonly runtimes: readonly string[];
}

declare const data: Proof;
export { data };

export default defineLoader({
  watch: ['../../../packages/conformance/vectors/*.gz', '../../data/matrix.json'],
  load(): Proof {
    const headers = readdirSync(vectors)
      .filter((name) => name.endsWith('.jsonl.gz'))
      .map((name): { scripts: number; steps: number } => {
        const text = gunzipSync(readFileSync(new URL(name, vectors))).toString();
        return JSON.parse(text.slice(0, text.indexOf('\n')));
      });
    const runs: { runtime: string }[] = existsSync(matrix)
      ? JSON.parse(readFileSync(matrix, 'utf8'))
      : [];
    return {
      scripts: headers.reduce((sum, { scripts }) => sum + scripts, 0),
      steps: headers.reduce((sum, { steps }) => sum + steps, 0),
      runtimes: runs.map(({ runtime }) => runtime),
    };
  },
});
