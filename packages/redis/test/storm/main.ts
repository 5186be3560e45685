// `pnpm storm --seconds 600 --seed 7`: storms of 25 seconds, one after another, from a seed on.
import { parseArgs } from 'node:util';
import { Build } from '../build.ts';
import { storm } from './storm.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '300' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 100_000)) },
  },
});
const each = 25;
let seed = Number(values.seed);
await using build = await Build.make();
for (let left = Number(values.seconds); left > 0; left -= each) {
  const { counts, violations } = await storm(build, seed, Math.min(left, each));
  console.log(`seed ${seed}: ${JSON.stringify(counts)}`);
  for (const violation of violations) console.log(`  ${violation}`);
  if (violations.length > 0) process.exitCode = 1;
  seed++;
}
