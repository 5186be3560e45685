import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import { Server } from 'node:http';
import { leaving } from '../harness/leaving.ts';
import { serving } from '../harness/serving.ts';

// The request is a context: its signal ends when the client leaves.
export const subject = leaving('hono', (work) => {
  const app = new Hono();
  app.get('/', async ({ req, text }) => text(await work(req.raw).catch(() => 'left')));
  const server = createAdaptorServer({ fetch: app.fetch });
  if (!(server instanceof Server)) throw new TypeError('not a server of node:http');
  return serving(server.listen(0, '127.0.0.1'));
});
