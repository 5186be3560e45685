import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Build } from './build.ts';
import { Program } from './process.ts';
import { clientNames, now } from './program/order.ts';
import { hasServer, Server } from './server.ts';

describe.runIf(hasServer)('Program', () => {
  let build: Build;
  let server: Server;

  beforeAll(async () => {
    [build, server] = await Promise.all([Build.make(), Server.start()]);
  });

  afterAll(async () => {
    await Promise.all([build[Symbol.asyncDispose](), server[Symbol.asyncDispose]()]);
  });

  it.each(clientNames)(
    'gets units, gives them back, and ends by itself, with %s',
    async (client) => {
      const began = now();
      await using program = Program.launch(build);
      await program.start({
        client,
        port: server.port,
        name: 'a',
        semaphore: client,
        size: 2,
        // Nothing that lasts as long may hold the process.
        lease: 600_000,
        learning: false,
      });
      program.order({ order: 'permit', request: 'a.1', n: 2 });
      const granted = await program.report('granted', 'a.1');
      expect(granted).toMatchObject({ n: 2 });
      expect(granted.at).toBeGreaterThan(began);
      await program.liveAt('a.1', granted.at);
      program.order({ order: 'tryPermit', request: 'a.2', n: 1 });
      await program.report('busy', 'a.2');
      program.order({ order: 'release', request: 'a.1' });
      await program.report('returned', 'a.1');
      await program.close();
      await program.end();
      expect(program.reports.filter(({ kind }) => kind === 'unhandled')).toEqual([]);
      expect(program.has('sent', 'a.1')).toBe(true);
    },
  );

  it.each(clientNames)(
    'ends by itself when its client is closed and it has nothing, whatever it has had, with %s',
    async (client) => {
      await using program = Program.launch(build);
      await program.start({
        client,
        port: server.port,
        name: 'a',
        semaphore: `idle ${client}`,
        size: 1,
        lease: 600_000,
        learning: false,
      });
      program.order({ order: 'permit', request: 'a.1', n: 1 });
      await program.report('granted', 'a.1');
      program.order({ order: 'permit', request: 'a.2', n: 1 });
      await program.report('queued', 'a.2');
      program.order({ order: 'cancel', request: 'a.2' });
      program.order({ order: 'release', request: 'a.1' });
      await program.report('returned', 'a.1');
      program.order({ order: 'fly', request: 'a.3', key: 'key' });
      program.order({ order: 'answer', request: 'a.3', value: 'value' });
      await program.report('outcome', 'a.3');
      // The session stays open.
      program.order({ order: 'disconnect' });
      await program.end();
      expect(program.reports.filter(({ kind }) => kind === 'unhandled')).toEqual([]);
    },
  );

  it.each(clientNames)(
    'ends by itself when its client is closed and the lease of what it holds is over, with %s',
    async (client) => {
      await using program = Program.launch(build);
      const name = `held ${client}`;
      const start = { client, port: server.port, name, semaphore: name, size: 1, lease: 1_000 };
      await program.start({ ...start, learning: false });
      program.order({ order: 'permit', request: 'a.1', n: 1 });
      await program.report('granted', 'a.1');
      program.order({ order: 'disconnect' });
      await program.end();
      expect(program.reports.find(({ kind }) => kind === 'lost')).toMatchObject({
        reason: 'expired',
      });
      expect(program.reports.filter(({ kind }) => kind === 'unhandled')).toEqual([]);
    },
  );

  it('says what a program printed when it ends without a report', async () => {
    await using program = Program.launch(build);
    const start = {
      client: 'node-redis',
      port: server.port,
      name: 'a',
      semaphore: 'refused',
    } as const;
    await expect(program.start({ ...start, size: -1, lease: 1_000 })).rejects.toThrow('RangeError');
  });

  it('shares another semaphore when it is started again', async () => {
    await using program = Program.launch(build);
    const start = { client: 'ioredis', port: server.port, size: 1, lease: 1_000 } as const;
    for (const name of ['a', 'b']) {
      await program.start({ ...start, name, semaphore: name });
      program.order({ order: 'permit', request: name, n: 1 });
      await program.report('granted', name);
      await program.close();
    }
    expect(program.has('granted', 'a')).toBe(false);
  });
});
