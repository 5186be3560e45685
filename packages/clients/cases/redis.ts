import { afterFunc } from '@gosync/context';
import { createClient } from 'redis';
import { client } from '../harness/client.ts';
import { poll } from '../harness/poll.ts';

// Its signals end only what was not sent yet. A command that blocks has a connection of its own, which can be closed.
export const subject = client({
  library: 'redis',
  title: 'a command that blocks',
  rejects: { canceled: 'DisconnectsClientError', done: 'the cause' },
  open: async () => {
    const redis = createClient({ url: process.env['REDIS_URL'] ?? '' });
    await redis.connect();
    const blocked = async (): Promise<number> =>
      (await redis.clientList()).filter(({ cmd }) => cmd === 'blpop').length;
    return {
      answered: (ctx) => redis.withAbortSignal(ctx.signal).get('key'),
      silent: async ({ signal }) => {
        signal.throwIfAborted();
        const connection = redis.duplicate();
        await connection.connect();
        const stop = afterFunc(signal, () => connection.destroy());
        await connection.blPop('redis', 0).finally(stop);
      },
      arrived: (n) => poll(async () => (await blocked()) >= n),
      idle: () => poll(async () => (await blocked()) === 0),
      close: () => redis.close(),
    };
  },
});
