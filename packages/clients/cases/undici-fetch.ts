import { Agent, fetch } from 'undici';
import { client } from '../harness/client.ts';
import { overHttp } from '../harness/server.ts';

const dispatcher = new Agent();

export const subject = client({
  library: 'undici',
  title: 'fetch',
  rejects: { canceled: 'the cause' },
  leaves: 1,
  open: () =>
    overHttp(
      async (url, ctx) => (await fetch(url, { signal: ctx.signal, dispatcher })).text(),
      () => dispatcher.destroy(),
    ),
});
