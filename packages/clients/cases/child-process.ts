import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { client } from '../harness/client.ts';

const run = promisify(execFile);

export const subject = client({
  library: 'node',
  title: 'child_process.execFile',
  rejects: { canceled: 'AbortError ABORT_ERR with the cause' },
  open: () => ({
    answered: (ctx) => run('true', { signal: ctx.signal }),
    silent: (ctx) => run('sleep', ['3600'], { signal: ctx.signal }),
  }),
});
