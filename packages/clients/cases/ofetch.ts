import { ofetch } from 'ofetch';
import { client } from '../harness/client.ts';
import { overHttp } from '../harness/server.ts';

export const subject = client({
  library: 'ofetch',
  rejects: { canceled: 'FetchError with the cause' },
  leaves: 1,
  open: () => overHttp((url, ctx) => ofetch(url, { signal: ctx.signal })),
});
