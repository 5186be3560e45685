import fetch from 'make-fetch-happen';
import { client } from '../harness/client.ts';
import { overHttp } from '../harness/server.ts';

export const subject = client({
  library: 'make-fetch-happen',
  rejects: { canceled: 'AbortError FETCH_ABORTED' },
  open: () => overHttp(async (url, ctx) => (await fetch(url, { signal: ctx.signal })).text()),
});
