import { once } from 'node:events';
import type { Server } from 'node:net';

/** Lets `server` listen on a free port, for this machine only, and returns the port. */
export async function listen(server: Server): Promise<number> {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error(`no port: ${address}`);
  return address.port;
}
