import { existsSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { hasServer, Server, type ServerOptions } from './server.ts';

const servers: Server[] = [];

async function start(options?: ServerOptions): Promise<Server> {
  const server = await Server.start(options);
  servers.push(server);
  return server;
}

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server[Symbol.asyncDispose]()));
});

describe.runIf(hasServer)('Server', () => {
  it('answers at a port of its own, many at a time', async () => {
    const many = await Promise.all([start(), start(), start()]);
    await Promise.all(many.map((server, n) => server.command('SET', 'n', n)));
    expect(await Promise.all(many.map((server) => server.command('GET', 'n')))).toEqual([
      '0',
      '1',
      '2',
    ]);
  });

  it('is empty after a crash, and has all its data with an append-only file', async () => {
    const plain = await start();
    const aof = await start({ aof: true });
    for (const server of [plain, aof]) {
      await server.command('SET', 'key', 'value');
      await server.kill('SIGKILL');
      await expect(server.command('PING')).rejects.toThrow('ECONNREFUSED');
      await server.restart();
    }
    expect(await plain.command('GET', 'key')).toBeNull();
    expect(await aof.command('GET', 'key')).toBe('value');
  });

  it('follows another and is promoted when that one is gone', async () => {
    const primary = await start();
    const replica = await start({ replicaOf: primary.port });
    await primary.command('SET', 'key', 'value');
    await replica.catchUp(primary);
    await primary.kill();
    await expect(replica.command('SET', 'key', 'other')).rejects.toThrow('READONLY');
    await replica.promote();
    expect(await replica.command('GET', 'key')).toBe('value');
    expect(await replica.command('SET', 'key', 'other')).toBe('OK');
    await replica.restart();
    expect(await replica.command('SET', 'key', 'other')).toBe('OK');
  });

  it('says why when it cannot start', async () => {
    await expect(start({ args: ['--no-such-option', 'x'] })).rejects.toThrow('no-such-option');
  });

  it('leaves no process and no folder behind', async () => {
    const server = await start();
    const { pid, folder } = server;
    await server[Symbol.asyncDispose]();
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    expect(existsSync(folder)).toBe(false);
  });
});
