import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Redis } from 'ioredis';
import { type Answer, type Call, callScript, lease, replaced, testScript } from './script.ts';
import { hasServer, Server } from './server.ts';

const start = 1_800_000_000_000_000;

/** What makes sure of one thing, and the script without it. */
interface Guard {
  readonly name: string;
  readonly mutant: readonly (readonly [string, string])[];
  /** Whether nobody is harmed. */
  safe(run: (call: Partial<Call>) => Promise<Answer>): Promise<boolean>;
}

const guards: readonly Guard[] = [
  {
    name: 'the era: a late twin of a call takes no unit that nobody will give back',
    mutant: [['elseif record and era < own_era then', 'elseif false then']],
    async safe(run) {
      const twin = { sid: 'ann', era: 1, operation: 'acquire', args: [0, 1, 1, 'wait', 0] };
      await run(twin);
      await run({ sid: 'ann', era: 2, operation: 'leave', args: [0, 1] });
      const [[status]] = await run(twin);
      const [reply] = await run({ operation: 'state' });
      return status === 'stale' && reply[8] === 0;
    },
  },
  {
    name: 'the incarnation: a session that was gone does not come back under what it held',
    mutant: [['born ~= 0 and born ~= own_born or own_born == -1', 'own_born == -1']],
    async safe(run) {
      const acquire = { operation: 'acquire', args: [0, 1, 1, 'wait', 0] };
      const [[, born]] = await run({ ...acquire, sid: 'ann' });
      await run({ sid: 'ann', operation: 'bye', born: Number(born) });
      await run({ ...acquire, sid: 'bob' });
      await run({ ...acquire, sid: 'ann' });
      const [[status]] = await run({ sid: 'ann', operation: 'beat', born: Number(born) });
      return status === 'lost';
    },
  },
  {
    name: 'the clamp: a jump of the clock ends no session that is renewed in time',
    mutant: [['if step > lease / 2 then step = lease / 2 end', '']],
    async safe(run) {
      const acquire = { operation: 'acquire', args: [0, 1, 1, 'wait', 0] };
      await run({ ...acquire, sid: 'ann' });
      const [reply] = await run({ ...acquire, sid: 'bob', time: start + 20_000_000 });
      return reply[8] === 'waiting';
    },
  },
  {
    name: 'learning: another life of the server grants nothing for a lease',
    mutant: [["ARGV[7] == '1' and", 'false and']],
    async safe(run) {
      const acquire = { operation: 'acquire', args: [0, 1, 1, 'wait', 0] };
      // The state was lost, and the server has just started.
      const [reply] = await run({ ...acquire, sid: 'bob', uptime: 0 });
      return reply[8] === 'waiting';
    },
  },
  {
    name: 'giving back a late grant: a cancellation that crosses its grant leaves no unit behind',
    mutant: [
      [
        'then remove(names[i], entry) end',
        "and select(2, unpack_('<dd', entry)) == 0 then remove(names[i], entry) end",
      ],
    ],
    async safe(run) {
      const acquire = { operation: 'acquire', args: [0, 1, 1, 'wait', 0] };
      await run({ ...acquire, sid: 'ann' });
      await run({ ...acquire, sid: 'bob' });
      await run({ sid: 'ann', operation: 'leave', args: [0, 1] });
      // Bob has been granted meanwhile, and does not know.
      await run({ sid: 'bob', operation: 'leave', args: [0, 1] });
      const [reply] = await run({ operation: 'state' });
      return reply[8] === 0;
    },
  },
  {
    name: 'the end of sessions: what a dead process held is free again',
    mutant: [['if clock >= due then', 'if false then']],
    async safe(run) {
      const acquire = { operation: 'acquire', args: [0, 1, 1, 'wait', 0] };
      await run({ ...acquire, sid: 'ann' });
      await run({ ...acquire, sid: 'bob', time: start + lease * 400 });
      const late = { sid: 'bob', operation: 'beat', args: [0, 1] };
      await run({ ...late, time: start + lease * 800 });
      const [reply] = await run({ ...late, time: start + lease * 1200 });
      return reply[8] === 'held';
    },
  },
];

describe.runIf(hasServer)('the script of the semaphore', () => {
  let server: Server;
  let client: Redis;
  let count = 0;

  beforeAll(async () => {
    server = await Server.start();
    client = new Redis(server.port);
  });
  afterAll(async () => {
    client.disconnect();
    await server[Symbol.asyncDispose]();
  });

  describe.each(guards)('makes sure of $name', ({ mutant, safe }) => {
    const check = (text: string): Promise<boolean> => {
      const name = `guard${count++}`;
      const usual: Call = {
        operation: 'state',
        sid: 'cid',
        era: 1,
        born: 0,
        size: 1,
        onConflict: 'keep',
        args: [],
        time: start,
        life: 'one',
        uptime: 1_000_000,
      };
      return safe((call) => callScript(client, text, name, { ...usual, ...call }));
    };

    it('and does so', async () => {
      expect(await check(testScript)).toBe(true);
    });

    it('and would not without the line that does it', async () => {
      expect(await check(replaced(testScript, mutant))).toBe(false);
    });
  });
});
