// pnpm bench:service: what a service gains and pays, under load, beside the same service without any of it.
import { execFileSync, fork } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { commit, machine } from '../src/machine.mjs';
import { gateways } from './gateways.mjs';
/** @import { ChildProcess } from 'node:child_process' */
/** @import { Load, Outcome } from './driver.mjs' */

const words = process.argv.slice(2);
const { values: flags } = parseArgs({
  args: words,
  options: {
    connections: { type: 'string', multiple: true, default: ['100', '1000', '5000'] },
    node: { type: 'string', default: process.execPath },
    quick: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '5' },
    write: { type: 'boolean', default: false },
  },
});
const names = Object.keys(gateways);
const sizes = flags.quick ? [20] : flags.connections.map(Number);
const rounds = flags.quick ? 1 : Number(flags.rounds);
const ms = flags.quick ? 200 : 3000;

/** @param {string} file @param {...string} args */
function start(file, ...args) {
  return fork(join(import.meta.dirname, file), args, {
    execPath: flags.node,
    execArgv: ['--expose-gc', '--no-warnings'],
  });
}

/**
 * @param {ChildProcess} child
 * @param {string | Load} [message]
 * @returns {Promise<any>}
 */
function ask(child, message) {
  return new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('exit', (code) => reject(new Error(`a process ended with ${code}`)));
    if (message !== undefined) child.send(message);
  });
}

/** @param {number[]} values */
const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

/**
 * A gateway under each of the loads, one after the other.
 * @param {string} name
 * @param {readonly Omit<Load, 'port'>[]} loads
 */
async function run(name, loads) {
  const [server, driver] = [start('server.mjs', name), start('driver.mjs')];
  try {
    const { port } = await ask(server);
    /** @type {(Outcome & { heap: number })[]} */
    const outcomes = [];
    for (const load of loads) {
      /** @type {Outcome} */
      const outcome = await ask(driver, { ...load, port });
      const { heap } = await ask(server, 'heap');
      outcomes.push({ ...outcome, heap });
    }
    return outcomes;
  } finally {
    server.kill();
    driver.kill();
  }
}

/** @type {{ connections: number, name: string, perSecond: number, p50: number, p99: number }[]} */
const rows = [];
for (const connections of sizes) {
  /** @type {Map<string, Outcome[]>} */
  const found = new Map(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    // Each starts a round once, so that what a round does to the machine hits all alike.
    for (let i = 0; i < names.length; i++) {
      const name = names[(i + round) % names.length] ?? '';
      const outcomes = await run(name, [
        { connections, ms: ms / 2 },
        { connections, ms },
      ]);
      const [, outcome] = outcomes;
      if (outcome) found.get(name)?.push(outcome);
    }
    console.error(`${connections} connections, round ${round + 1} of ${rounds}`);
  }
  for (const [name, outcomes] of found) {
    const of = (/** @type {'perSecond' | 'p50' | 'p99'} */ key) =>
      Number(median(outcomes.map((each) => each[key])).toFixed(key === 'perSecond' ? 0 : 2));
    rows.push({ connections, name, perSecond: of('perSecond'), p50: of('p50'), p99: of('p99') });
  }
}

// As many requests as an hour of 100 a second has, in six parts.
const requests = flags.quick ? 600 : 360_000;
const parts = Array.from({ length: 6 }, () => ({
  connections: flags.quick ? 20 : 200,
  requests: requests / 6,
}));
const heap = (await run('gosync', parts)).map((each) => each.heap);

const report = {
  command: ['pnpm bench:service', ...words.map((word) => basename(word))].join(' '),
  commit: commit(),
  date: new Date().toISOString().slice(0, 10),
  machine: machine(),
  node: execFileSync(flags.node, ['--version'], { encoding: 'utf8' }).trim(),
  rows,
  requests,
  heap,
};

console.log(`Node ${report.node}; commit ${report.commit}; ${report.machine.cpu}`);
console.table(
  rows.map(({ connections, name, perSecond, p50, p99 }) => {
    const bare = rows.find((each) => each.name === 'bare' && each.connections === connections);
    const share = Number((perSecond / (bare?.perSecond ?? NaN)).toFixed(3));
    return { connections, name, perSecond, 'of bare': share, p50, p99 };
  }),
);
console.log(
  `heap after each sixth of ${requests.toLocaleString('en')} requests: ${heap.map((bytes) => `${(bytes / 2 ** 20).toFixed(1)} MiB`).join(', ')}`,
);

if (flags.write) {
  const file = join(import.meta.dirname, '../../../docs/data/service.json');
  mkdirSync(join(file, '..'), { recursive: true });
  const options = await resolveConfig(file);
  writeFileSync(file, await format(JSON.stringify(report), { ...options, filepath: file }));
}
