import { Session, SharedWeighted } from '@gosync/redis';
import { nodeRedis } from '@gosync/redis/node-redis';
import { createClient } from 'redis';

/** What all processes share, seen from one of them. */
export async function connect(
  address: string,
): Promise<{ printers: SharedWeighted; close: () => Promise<void> }> {
  const client = await createClient({ url: address }).on('error', console.error).connect();
  // A short lease, so that the example is short.
  const session = new Session(nodeRedis(client), { lease: 1_000 });
  return {
    printers: new SharedWeighted(session, 'printers', 2),
    close: async () => {
      await session.close();
      client.destroy();
    },
  };
}
