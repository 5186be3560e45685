import fetch from 'minipass-fetch';
import { client } from '../harness/client.ts';
import { overHttp } from '../harness/server.ts';

export const subject = client({
  library: 'minipass-fetch',
  rejects: { canceled: 'AbortError FETCH_ABORTED' },
  open: () => overHttp(async (url, ctx) => (await fetch(url, { signal: ctx.signal })).text()),
});
