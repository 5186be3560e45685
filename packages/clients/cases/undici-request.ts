import { Agent, request } from 'undici';
import { client } from '../harness/client.ts';
import { overHttp } from '../harness/server.ts';

const dispatcher = new Agent();

export const subject = client({
  library: 'undici',
  title: 'request',
  rejects: { canceled: 'the cause' },
  open: () =>
    overHttp(
      async (url, ctx) => (await request(url, { signal: ctx.signal, dispatcher })).body.text(),
      () => dispatcher.destroy(),
    ),
});
