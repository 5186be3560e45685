import { afterFunc, type ContextLike } from '@gosync/context';
import { Hono } from 'hono';
import { requestLife, statusOf } from './request.ts';
import type { Users } from './users.ts';

export function honoApp(server: ContextLike, users: Users): Hono {
  const app = new Hono();
  app.get('/users/:id', async (c) => {
    using life = requestLife(server, 2_000);
    afterFunc(c.req.raw.signal, life.leave); // the client's side of the request
    try {
      return c.text(await users.find(life.ctx, c.req.param('id')));
    } catch (err) {
      return new Response(undefined, { status: statusOf(err) });
    }
  });
  return app;
}
