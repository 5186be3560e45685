import type { ContextLike } from '@gosync/context';
import { fastify, type FastifyInstance } from 'fastify';
import { requestLife, statusOf } from './request.ts';
import type { Users } from './users.ts';

export function fastifyApp(server: ContextLike, users: Users): FastifyInstance {
  const app = fastify();
  app.get<{ Params: { id: string } }>('/users/:id', async (request, reply) => {
    using life = requestLife(server, 2_000);
    reply.raw.once('close', life.leave);
    try {
      return await users.find(life.ctx, request.params.id);
    } catch (err) {
      return reply.code(statusOf(err)).send();
    }
  });
  return app;
}
