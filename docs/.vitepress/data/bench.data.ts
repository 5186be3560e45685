import { existsSync, readFileSync } from 'node:fs';
import { defineLoader } from 'vitepress';
import { judge } from '../../../packages/bench/src/verdict.mjs';
import { byInterest, type Figures, type Line, type Report } from '../theme/bench/figures.ts';

const file = new URL('../../data/bench.json', import.meta.url);

declare const data: Figures | null;
export { data };

export default defineLoader({
  watch: ['../../data/bench.json'],
  load(): Figures | null {
    if (!existsSync(file)) return null;
    const { rows, runs, ...about }: Report = JSON.parse(readFileSync(file, 'utf8'));
    return {
      ...about,
      runs: [...runs].sort(byInterest).map(({ node, results }) => ({
        node,
        lines: rows.flatMap((row) => {
          const ofRow = results.filter(({ id }) => id === row.id);
          const judged = judge({ ...row, n: 0, contenders: { gosync: () => () => 0 } }, ofRow);
          return judged.map((line, i): Line => {
            const all = Object.entries(ofRow[i]?.figures ?? {});
            const figures = Object.fromEntries(all.map(([name, { min }]) => [name, min]));
            return Object.assign(line, { figures });
          });
        }),
      })),
    };
  },
});
