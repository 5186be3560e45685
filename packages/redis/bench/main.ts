// `pnpm --filter @gosync/redis bench`: one run beside other libraries. `--write` puts it into the documentation.
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { Server } from '../test/server.ts';
import { contenders } from './contenders.ts';
import { type Line, page, replace, type Report, targets } from './report.ts';
import { bare, free, handOffs, idle, inversions, longest, serverTime, wakeUp } from './rows.ts';

const { values } = parseArgs({ options: { write: { type: 'boolean', default: false } } });
const [load = 0] = loadavg();
const [own] = contenders;
if (own === undefined) throw new Error('bench: no contender');
await using server = await Server.start();
const { port } = server;
const first = await bare(port);
const lines: Line[] = [];
for (const contender of contenders) {
  // Those that ask seldom are watched for longer.
  const ms = { '@gosync/redis': 6_667, bottleneck: 6_667 }[contender.name] ?? 1_000;
  const [freeTime, wakeTime] = [await free(contender, port), await wakeUp(contender, port)];
  const given = await handOffs(contender, port);
  const inverted = await inversions(contender, port);
  const [idleInOne, idleInMany] = await Promise.all([
    idle(contender, port, 1, ms),
    idle(contender, port, 100, ms),
  ]);
  const { name } = contender;
  const waits = { idleInOne, idleInMany, inversions: inverted };
  lines.push({ name, free: freeTime, wakeUp: wakeTime, ...given, ...waits });
  console.error(JSON.stringify(lines.at(-1)));
}
const last = await bare(port);
const report: Report = {
  machine: `${cpus().length} cores of ${cpus()[0]?.model ?? 'unknown make'}`,
  server: `Redis ${await server.info('redis_version')}`,
  node: process.versions.node,
  command: 'pnpm --filter @gosync/redis bench',
  load,
  // At the end the processor is as warm as it was in the middle.
  bare: last.p50 < first.p50 ? last : first,
  lines,
  serverTime: await serverTime(own),
  longest: await longest(),
};
console.log(page(report));
console.error(
  `missed: ${
    targets(report)
      .filter(({ met }) => !met)
      .map(({ what }) => what)
      .join(', ') || 'nothing'
  }`,
);
if (values.write) {
  const data = new URL('../../../docs/data/redis.json', import.meta.url);
  writeFileSync(data, `${JSON.stringify(report, undefined, 2)}\n`);
  const guide = new URL('../../../docs/guide/across-processes.md', import.meta.url);
  const text = replace(readFileSync(guide, 'utf8'), page(report));
  const options = await resolveConfig(guide);
  writeFileSync(guide, await format(text, { ...options, parser: 'markdown' }));
}
process.exit();
