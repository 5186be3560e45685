import { Writable } from 'node:stream';
import { Agent, stream } from 'undici';
import { client } from '../harness/client.ts';
import { overHttp } from '../harness/server.ts';

const dispatcher = new Agent();
const sink = (): Writable => new Writable({ write: (_chunk, _encoding, next) => next() });

export const subject = client({
  library: 'undici',
  title: 'stream',
  rejects: { canceled: 'the cause', done: 'AbortError UND_ERR_ABORTED' },
  open: () =>
    overHttp(
      (url, ctx) => stream(url, { method: 'GET', signal: ctx.signal, dispatcher }, sink),
      () => dispatcher.destroy(),
    ),
});
