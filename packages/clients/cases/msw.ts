import { http, passthrough } from 'msw';
import { setupServer } from 'msw/node';
import { client } from '../harness/client.ts';
import { overHttp } from '../harness/server.ts';

const interceptor = setupServer(http.all('*', () => passthrough()));

// It replaces the global fetch, and copies the options of each request.
export const subject = client({
  library: 'msw',
  title: 'fetch while it listens',
  rejects: { canceled: 'the cause' },
  leaves: 1,
  open: () => {
    interceptor.listen();
    return overHttp(
      async (url, ctx) => (await fetch(url, { signal: ctx.signal })).text(),
      () => interceptor.close(),
    );
  },
});
