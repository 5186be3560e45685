import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { defineLoader } from 'vitepress';

const folder = new URL('../../../packages/conformance/vectors/', import.meta.url);

/** What was recorded from the real Go, as the recordings themselves say. */
export interface Recording {
  readonly primitive: string;
  readonly go: string;
  readonly xsync: string;
  readonly scripts: number;
  readonly steps: number;
}

declare const data: Recording[];
export { data };

export default defineLoader({
  watch: ['../../../packages/conformance/vectors/*.gz'],
  load: (): Recording[] =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.jsonl.gz'))
      .sort()
      .map((name) => {
        const [header = ''] = gunzipSync(readFileSync(new URL(name, folder)))
          .toString()
          .split('\n', 1);
        return JSON.parse(header);
      }),
});
