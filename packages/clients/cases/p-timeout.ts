import pTimeout from 'p-timeout';
import { client } from '../harness/client.ts';

const milliseconds = 3_600_000;

export const subject = client({
  library: 'p-timeout',
  rejects: { canceled: 'the cause' },
  open: () => ({
    answered: (ctx) => pTimeout(Promise.resolve(1), { signal: ctx.signal, milliseconds }),
    silent: (ctx) => pTimeout(new Promise(() => {}), { signal: ctx.signal, milliseconds }),
  }),
});
