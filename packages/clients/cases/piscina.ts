import { writeFile } from 'node:fs/promises';
import { Piscina } from 'piscina';
import { client } from '../harness/client.ts';

const worker = `export default (task) => task === 'silent' ? new Promise(() => {}) : task;`;

export const subject = client({
  library: 'piscina',
  rejects: { canceled: 'AbortError with the cause' },
  open: async () => {
    const filename = new URL('piscina-worker.mjs', import.meta.url);
    await writeFile(filename, worker);
    const pool = new Piscina({
      filename: filename.href,
      maxThreads: 2,
    });
    return {
      answered: (ctx) => pool.run('answered', { signal: ctx.signal }),
      silent: (ctx) => pool.run('silent', { signal: ctx.signal }),
      close: () => pool.destroy(),
    };
  },
});
