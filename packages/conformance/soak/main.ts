import { parseArgs } from 'node:util';
import { endRules, rules } from '../src/load/audit.ts';
import { soak } from './soak.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    workers: { type: 'string', default: '50' },
  },
});
const seconds = Number(values.seconds);
const seed = Number(values.seed);
const workers = Number(values.workers);
if (!(seconds > 0) || !Number.isSafeInteger(seed) || !(workers > 0)) {
  throw new RangeError('usage: pnpm soak [--seconds N] [--seed N] [--workers N]');
}

/** More than this for each request, and something of it was kept. */
const limit = 50;

console.log(
  `soak: ${seconds} s, seed ${seed}, ${workers} requests at a time, Node ${process.version}`,
);
const report = await soak({
  seconds,
  seed,
  workers,
  log: ({ requests, heap }) =>
    console.log(`${String(requests).padStart(9)} requests  ${(heap / 1e6).toFixed(2)} MB`),
});
for (const [rule, times] of report.checks) console.log(`${String(times).padStart(9)} × ${rule}`);
const unseen = [...rules, ...endRules].filter((rule) => !report.checks.has(rule));
const faults = [
  ...report.violations,
  ...unseen.map((rule) => `never looked at: ${rule}`),
  ...(report.bytesPerRequest < limit ? [] : ['the heap grows']),
];
console.log(
  `${report.requests} requests, ${report.tasks} tasks, ${report.violations.length} violations, ` +
    `${report.bytesPerRequest.toFixed(1)} bytes of heap per request`,
);
for (const fault of faults) console.error(fault);
process.exitCode = faults.length > 0 ? 1 : 0;
