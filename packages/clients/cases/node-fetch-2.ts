import fetch from 'node-fetch-2';
import { client } from '../harness/client.ts';
import { overHttp } from '../harness/server.ts';

export const subject = client({
  library: 'node-fetch-2',
  rejects: { canceled: 'AbortError' },
  open: () => overHttp(async (url, ctx) => (await fetch(url, { signal: ctx.signal })).text()),
});
