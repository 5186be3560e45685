import ky from 'ky';
import { client } from '../harness/client.ts';
import { overHttp } from '../harness/server.ts';

export const subject = client({
  library: 'ky',
  rejects: { canceled: 'the cause' },
  open: () => overHttp((url, ctx) => ky(url, { signal: ctx.signal, retry: 0 }).text()),
});
