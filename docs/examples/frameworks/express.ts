import type { ContextLike } from '@gosync/context';
import express from 'express';
import { requestLife, statusOf } from './request.ts';
import type { Users } from './users.ts';

export function expressApp(server: ContextLike, users: Users): express.Express {
  const app = express();
  // oxlint-disable-next-line oxc/no-async-endpoint-handlers -- Express 5 takes the rejection
  app.get('/users/:id', async (request, response) => {
    using life = requestLife(server, 2_000);
    response.once('close', life.leave);
    try {
      response.send(await users.find(life.ctx, request.params.id));
    } catch (err) {
      response.sendStatus(statusOf(err));
    }
  });
  return app;
}
