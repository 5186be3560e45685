import { afterFunc } from '@gosync/context';
import pg from 'pg';
import { client, type Signaled } from '../harness/client.ts';
import { poll } from '../harness/poll.ts';

const running = `select count(*)::int as n from pg_stat_activity
  where state = 'active' and application_name = 'pg' and query like 'select pg_sleep%'`;

// It knows no signals. A connection that is closed ends its query, on the server too.
export const subject = client({
  library: 'pg',
  rejects: { canceled: 'Error', done: 'the cause' },
  open: async () => {
    const connectionString = process.env['POSTGRES_URL'];
    const pool = new pg.Pool({ connectionString, max: 20, application_name: 'pg' });
    // What is closed on purpose is no news.
    pool.on('error', () => {});
    const query = async ({ signal }: Signaled, text: string): Promise<unknown> => {
      signal.throwIfAborted();
      const connection = await pool.connect();
      const stop = afterFunc(signal, () => connection.release(true));
      try {
        return await connection.query(text);
      } finally {
        if (stop()) connection.release();
      }
    };
    const count = async (): Promise<number> => (await pool.query(running)).rows[0].n;
    await Promise.all(Array.from({ length: 16 }, () => pool.query('select 1')));
    return {
      answered: (ctx) => query(ctx, 'select 1'),
      silent: (ctx) => query(ctx, 'select pg_sleep(3600)'),
      arrived: (n) => poll(async () => (await count()) >= n),
      idle: () => poll(async () => (await count()) === 0),
      close: () => pool.end(),
    };
  },
});
