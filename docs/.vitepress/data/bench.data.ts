import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineLoader } from 'vitepress';
import { kind } from '../../../packages/bench/src/machine.mjs';
import { reports } from '../../../packages/bench/src/report.mjs';
import { judgeAll } from '../../../packages/bench/src/verdict.mjs';
import { byInterest, type Run } from '../theme/bench/figures.ts';

const folder = fileURLToPath(new URL('../../data/bench', import.meta.url));

declare const data: Run[];
export { data };

export default defineLoader({
  watch: ['../../data/bench/*.json'],
  load(): Run[] {
    if (!existsSync(folder)) return [];
    return reports(folder).flatMap(({ rows, runs, ...about }) =>
      [...runs].sort(byInterest).map(({ node, results }) => ({
        about,
        name: `Node ${node.replace('v', '')}, ${kind(about.machine.cpu)}`,
        lines: judgeAll(rows, results),
      })),
    );
  },
});
