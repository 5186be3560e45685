import { afterFunc } from '@gosync/context';
import postgres from 'postgres';
import { client } from '../harness/client.ts';
import { poll } from '../harness/poll.ts';

// It knows no signals, but a query can be canceled.
export const subject = client({
  library: 'postgres',
  rejects: { canceled: 'PostgresError 57014', done: 'the cause' },
  open: async () => {
    const sql = postgres(process.env['POSTGRES_URL'] ?? '', {
      max: 20,
      connection: { application_name: 'postgres.js' },
    });
    const count = async (): Promise<number> => {
      const [row] = await sql`select count(*)::int as n from pg_stat_activity
        where state = 'active' and application_name = 'postgres.js' and query like 'select pg_sleep%'`;
      return row?.['n'];
    };
    await Promise.all(Array.from({ length: 16 }, () => sql`select 1`));
    return {
      answered: async ({ signal }) => {
        const query = sql`select 1`;
        const stop = afterFunc(signal, () => query.cancel());
        await query.finally(stop);
      },
      silent: async ({ signal }) => {
        signal.throwIfAborted();
        const query = sql`select pg_sleep(3600)`;
        const stop = afterFunc(signal, () => query.cancel());
        await query.finally(stop);
      },
      arrived: (n) => poll(async () => (await count()) >= n),
      idle: () => poll(async () => (await count()) === 0),
      close: () => sql.end(),
    };
  },
});
