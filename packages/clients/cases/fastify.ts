import { background, withCancel } from '@gosync/context';
import { fastify } from 'fastify';
import { leaving } from '../harness/leaving.ts';
import { serving } from '../harness/serving.ts';

export const subject = leaving('fastify', async (work) => {
  const app = fastify();
  app.get('/', (_request, reply) => {
    const [ctx, cancel] = withCancel(background());
    reply.raw.once('close', cancel);
    return work(ctx).catch(() => 'left');
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = await serving(app.server);
  return {
    port,
    async close() {
      app.server.closeAllConnections();
      await app.close();
    },
  };
});
