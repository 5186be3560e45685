import { got } from 'got';
import { client } from '../harness/client.ts';
import { overHttp } from '../harness/server.ts';

export const subject = client({
  library: 'got',
  rejects: {
    canceled: 'AbortError ERR_ABORTED',
    deadline: 'TimeoutError ETIMEDOUT with the cause',
  },
  open: () => overHttp((url, ctx) => got(url, { signal: ctx.signal, retry: { limit: 0 } })),
});
