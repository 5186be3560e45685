import { once } from 'node:events';
import type { Server } from 'node:http';
import type { Serving } from './leaving.ts';

/** A server that was told to listen, once it does. */
export async function serving(server: Server): Promise<Serving> {
  if (!server.listening) await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    port: address.port,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
