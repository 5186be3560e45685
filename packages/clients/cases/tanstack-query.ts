import { afterFunc } from '@gosync/context';
import { QueryClient } from '@tanstack/query-core';
import { client } from '../harness/client.ts';
import { overHttp } from '../harness/server.ts';

const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
let calls = 0;

// A query has a signal of its own, which ends when the query is canceled.
export const subject = client({
  library: '@tanstack/query-core',
  rejects: { canceled: 'CancelledError' },
  open: () =>
    overHttp(
      async (url, ctx) => {
        const queryKey = [url, ++calls];
        const stop = afterFunc(ctx, () => void queries.cancelQueries({ queryKey }));
        try {
          return await queries.fetchQuery({
            queryKey,
            queryFn: async ({ signal }) => (await fetch(url, { signal })).text(),
          });
        } finally {
          stop();
        }
      },
      () => queries.clear(),
    ),
});
