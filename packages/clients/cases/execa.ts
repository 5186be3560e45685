import { execa } from 'execa';
import { client } from '../harness/client.ts';

export const subject = client({
  library: 'execa',
  rejects: {
    canceled: 'ExecaError ABORT_ERR with the cause',
    caused: 'ExecaError with the cause',
    deadline: 'ExecaError ETIMEDOUT with the cause',
    platform: 'ExecaError 20 with the cause',
  },
  open: () => ({
    answered: (ctx) => execa('true', { cancelSignal: ctx.signal }),
    silent: (ctx) => execa('sleep', ['3600'], { cancelSignal: ctx.signal }),
  }),
});
