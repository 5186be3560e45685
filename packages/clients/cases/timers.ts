import { setTimeout } from 'node:timers/promises';
import { client } from '../harness/client.ts';

export const subject = client({
  library: 'node',
  title: 'timers/promises',
  rejects: { canceled: 'AbortError ABORT_ERR with the cause' },
  open: () => ({
    answered: (ctx) => setTimeout(1, undefined, { signal: ctx.signal }),
    silent: (ctx) => setTimeout(3_600_000, undefined, { signal: ctx.signal }),
  }),
});
