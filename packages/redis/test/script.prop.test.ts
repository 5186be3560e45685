import fc from 'fast-check';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Model } from './model.ts';
import { type Call, callScript, stored, testScript } from './script.ts';
import { hasServer, Server } from './server.ts';

const sids = ['ann', 'bob', 'cid'];
const start = 1_800_000_000_000_000;

/** One call, relative to what its process knows. */
const step = fc.record({
  who: fc.nat(sids.length - 1),
  operation: fc.oneof(
    { weight: 6, arbitrary: fc.constant('acquire') },
    { weight: 4, arbitrary: fc.constant('leave') },
    { weight: 3, arbitrary: fc.constant('beat') },
    { weight: 2, arbitrary: fc.constant('claim') },
    { weight: 1, arbitrary: fc.constantFrom('resize', 'state', 'bye') },
  ),
  born: fc.oneof(
    { weight: 8, arbitrary: fc.constant('known') },
    { weight: 1, arbitrary: fc.constantFrom('none', 'old') },
  ),
  era: fc.oneof({ weight: 8, arbitrary: fc.constant(0) }, fc.constantFrom(-1, 1)),
  onConflict: fc.oneof(
    { weight: 8, arbitrary: fc.constant('keep') },
    fc.constantFrom('reject', 'replace'),
  ),
  size: fc.integer({ min: 0, max: 4 }),
  n: fc.integer({ min: 0, max: 5 }),
  slot: fc.nat(3),
  newer: fc.oneof({ weight: 5, arbitrary: fc.constant(true) }, fc.constant(false)),
  wait: fc.oneof({ weight: 4, arbitrary: fc.constant('wait') }, fc.constant('try')),
  renew: fc.nat(1),
  pass: fc.oneof(
    { weight: 5, arbitrary: fc.integer({ min: 0, max: 400_000 }) },
    { weight: 1, arbitrary: fc.constantFrom(-3_600_000_000, 20_000_000, 1_000_000) },
  ),
  server: fc.oneof(
    { weight: 12, arbitrary: fc.constant('same') },
    fc.constantFrom('restarted', 'forbidden'),
  ),
});

const usual = {
  born: 'known',
  era: 0,
  onConflict: 'keep',
  size: 0,
  n: 0,
  slot: 0,
  newer: true,
  wait: 'try',
  renew: 0,
  pass: 0,
  server: 'same',
};
/** A call that grants what it then takes out again, when a silence is over. */
const grantedAndGone = [
  { ...usual, who: 0, operation: 'acquire' },
  { ...usual, who: 1, operation: 'claim', pass: 1_000_000 },
  { ...usual, who: 0, operation: 'acquire', wait: 'wait', pass: 100_016 },
  { ...usual, who: 1, operation: 'bye', pass: 399_984 },
  { ...usual, who: 0, operation: 'beat' },
];

/** Turns steps into calls, as processes would make them that remember what they were told. */
class Processes {
  readonly #known = sids.map(() => ({
    born: 0,
    era: 1,
    counters: [0, 0, 0, 0],
    fences: [0, 0, 0, 0],
  }));
  #time = start;
  #life = 1;
  #started = start;

  call(given: typeof step extends fc.Arbitrary<infer S> ? S : never): Call {
    const process = this.#known[given.who];
    const sid = sids[given.who];
    if (process === undefined || sid === undefined) throw new Error('no such process');
    const { operation, slot, n, size, onConflict } = given;
    this.#time += given.pass;
    if (given.server === 'restarted') {
      this.#life++;
      this.#started = this.#time;
    }
    process.era = Math.max(1, process.era + given.era);
    const { counters, fences } = process;
    if (operation === 'acquire' && given.newer) counters[slot] = (counters[slot] ?? 0) + 1;
    const ids = [slot, (slot + 1) % 4].map((each) => [each, counters[each] ?? 0] as const);
    const args: Readonly<Record<string, readonly (string | number)[]>> = {
      acquire: [slot, counters[slot] ?? 0, n, given.wait, given.renew],
      leave: ids.flat(),
      beat: given.newer ? [slot, counters[slot] ?? 0] : [],
      claim: ids.flatMap(([each, counter]) => [each, counter, n, fences[each] ?? 0]),
      resize: [size],
    };
    return {
      operation,
      sid,
      era: process.era,
      born: given.born === 'known' ? process.born : given.born === 'none' ? 0 : 17,
      size,
      onConflict,
      args: args[operation] ?? [],
      time: this.#time,
      life: given.server === 'forbidden' ? '' : String(this.#life),
      uptime: Math.max(0, Math.floor((this.#time - this.#started) / 1_000_000)),
    };
  }

  /** Its process has heard `reply`. */
  heard({ operation, sid, args }: Call, reply: readonly unknown[]): void {
    const process = this.#known[sids.indexOf(sid)];
    if (process === undefined) return;
    process.born = reply[0] === 'ok' ? Number(reply[1]) : 0;
    const fence = operation === 'acquire' && reply[8] === 'held' ? Number(reply[9]) : 0;
    if (operation === 'acquire') process.fences[Number(args[0])] = fence;
  }
}

describe.runIf(hasServer)('the script of the semaphore', () => {
  let server: Server;
  let client: Redis;
  let run = 0;

  beforeAll(async () => {
    server = await Server.start();
    client = new Redis(server.port);
  });
  afterAll(async () => {
    client.disconnect();
    await server[Symbol.asyncDispose]();
  });

  it('does what the model does, in every reply, message and field', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 40 }), async (steps) => {
        const name = `run${run++}`;
        const model = new Model();
        const processes = new Processes();
        for (const each of steps) {
          const call = processes.call(each);
          const [reply, published] = await callScript(client, testScript, name, call);
          const texts = published.map((text) => text.replace(`\n${name}`, '')).sort();
          expect([reply, texts]).toEqual(model.call(call));
          expect(await stored(client, name)).toEqual(model.view());
          processes.heard(call, reply);
        }
        await client.del(name, `${name}:s`);
      }),
      { numRuns: 300, examples: [[grantedAndGone]] },
    );
  });
});
