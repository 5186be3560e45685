import pRetry from 'p-retry';
import { client } from '../harness/client.ts';

const fails = (): never => {
  throw new Error('not yet');
};

export const subject = client({
  library: 'p-retry',
  rejects: { canceled: 'the cause' },
  open: () => ({
    answered: (ctx) => pRetry(() => 'at once', { signal: ctx.signal }),
    silent: (ctx) => pRetry(fails, { signal: ctx.signal, minTimeout: 3_600_000 }),
  }),
});
