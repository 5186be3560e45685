import { client } from '../harness/client.ts';
import { overHttp } from '../harness/server.ts';

export const subject = client({
  library: 'node',
  title: 'fetch',
  rejects: { canceled: 'the cause' },
  leaves: 1,
  open: () => overHttp(async (url, ctx) => (await fetch(url, { signal: ctx.signal })).text()),
});
