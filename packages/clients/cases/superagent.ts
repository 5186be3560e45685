import { afterFunc } from '@gosync/context';
import superagent from 'superagent';
import { client } from '../harness/client.ts';
import { overHttp } from '../harness/server.ts';

// It knows no signals, but a request can be aborted.
export const subject = client({
  library: 'superagent',
  rejects: { canceled: 'Error ABORTED', done: 'Error' },
  open: () =>
    overHttp(async (url, ctx) => {
      const request = superagent.get(url);
      const stop = afterFunc(ctx, () => void request.abort());
      try {
        return await request;
      } finally {
        stop();
      }
    }),
});
