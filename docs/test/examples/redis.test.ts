import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasServer, Server } from '../../../packages/redis/test/server.ts';
import { run } from './program.ts';

describe.runIf(hasServer)('The example of three processes', () => {
  let server: Server;
  beforeAll(async () => {
    server = await Server.start();
  });
  afterAll(() => server[Symbol.asyncDispose]());

  it('gives the place of a killed process to the one that waits', async () => {
    const { code, stdout, stderr } = await run('redis/main.ts', server.url);
    expect(stdout.split('\n')).toEqual([
      'ann runs, and holds 1 of 2',
      'bob runs, and holds 1 of 2',
      'cid waits',
      'bob is killed',
      'cid runs, and holds 1 of 2',
      'printers: 0 of 2 held, 0 waiting, 0 sessions',
      '',
    ]);
    expect([code, stderr]).toEqual([0, '']);
  });
});
