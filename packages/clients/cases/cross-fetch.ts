import fetch from 'cross-fetch';
import { client } from '../harness/client.ts';
import { overHttp } from '../harness/server.ts';

export const subject = client({
  library: 'cross-fetch',
  rejects: { canceled: 'AbortError' },
  open: () => overHttp(async (url, ctx) => (await fetch(url, { signal: ctx.signal })).text()),
});
