import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import sirv from 'sirv';
import { listen } from '../../examples/listen.ts';

/** The folder of the built site. */
export const dist: string = fileURLToPath(new URL('../../.vitepress/dist/', import.meta.url));

/** What pages may load: nothing that is not theirs. Browsers keep to it, in workers too. */
const policy = "default-src 'self' blob: data: 'unsafe-inline'";

/** The built site, served on this machine alone. */
export interface Site {
  readonly origin: string;
  close(): Promise<void>;
}

export async function serveSite(): Promise<Site> {
  if (!existsSync(dist))
    throw new Error('the site has not been built: run `pnpm docs:build` first');
  const files = sirv(dist, {
    extensions: ['html'],
    setHeaders: (response) => response.setHeader('Content-Security-Policy', policy),
  });
  const server = createServer((request, response) => files(request, response));
  const port = await listen(server);
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
