import pMap from 'p-map';
import { client } from '../harness/client.ts';

export const subject = client({
  library: 'p-map',
  rejects: { canceled: 'the cause' },
  open: () => ({
    answered: (ctx) => pMap([1, 2, 3], (n) => n * 2, { signal: ctx.signal }),
    silent: (ctx) => pMap([1, 2, 3], () => new Promise(() => {}), { signal: ctx.signal }),
  }),
});
