import { execFile } from 'node:child_process';
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, inject, it } from 'vitest';
import { hasServer, Server } from '../../redis/test/server.ts';

const consumer = inject('consumer');
const run = promisify(execFile);

describe.runIf(hasServer)('@gosync/redis', () => {
  it('runs the first example of its README with node-redis', async () => {
    const readme = readFileSync(join(consumer, 'node_modules/@gosync/redis/README.md'), 'utf8');
    const [, example = ''] = /```ts\n(.*?)```/s.exec(readme) ?? [];
    const client = join(import.meta.dirname, '../../redis/node_modules/redis');
    symlinkSync(client, join(consumer, 'node_modules/redis'));
    await using server = await Server.start();
    // At the server of this test.
    const program = example.replace('createClient()', `createClient({ url: '${server.url}' })`);
    writeFileSync(join(consumer, 'redis.mjs'), program);
    const { stdout, stderr } = await run(process.execPath, ['redis.mjs'], { cwd: consumer });
    expect({ stdout, stderr }).toEqual({ stdout: 'running with 1 of 2\n', stderr: '' });
  });
});
