import { PassThrough, Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { client } from '../harness/client.ts';

const sink = (): Writable => new Writable({ write: (_chunk, _encoding, next) => next() });

export const subject = client({
  library: 'node',
  title: 'stream.pipeline',
  rejects: { canceled: 'AbortError ABORT_ERR with the cause' },
  open: () => ({
    answered: (ctx) => pipeline(Readable.from(['text']), sink(), { signal: ctx.signal }),
    silent: (ctx) => pipeline(new PassThrough(), sink(), { signal: ctx.signal }),
  }),
});
