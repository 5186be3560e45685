import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { createClient } from 'redis';
import { client } from '../harness/client.ts';

// Commands wait in the client while there is no connection, here to a server that never says hello.
export const subject = client({
  library: 'redis',
  title: 'a command in the queue',
  rejects: { canceled: 'AbortError' },
  open: async () => {
    const sockets: Socket[] = [];
    const server = createServer((socket) => void sockets.push(socket)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const redis = createClient({ url: process.env['REDIS_URL'] ?? '' });
    await redis.connect();
    const mute = createClient({ url: `redis://127.0.0.1:${address.port}` });
    mute.on('error', () => {});
    const connecting = mute.connect().catch(() => 'closed');
    return {
      answered: (ctx) => redis.withAbortSignal(ctx.signal).get('key'),
      silent: (ctx) => mute.withAbortSignal(ctx.signal).get('key'),
      async close() {
        redis.destroy();
        mute.destroy();
        for (const socket of sockets) socket.destroy();
        server.close();
        await connecting;
      },
    };
  },
});
