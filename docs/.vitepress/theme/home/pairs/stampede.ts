import { afterFunc, cause, type Context, type ContextLike, withCancelCause } from '@gosync/context';
import { Group } from '@gosync/singleflight';
import { pause } from '../../playground/pause.ts';
import type { Side } from '../side.ts';

/** How long a query takes, in milliseconds. */
const duration = 1800;

/** When a caller asks, and when it leaves, in milliseconds. */
const callers = [
  [0, 900],
  [250, Infinity],
  [500, Infinity],
] as const;

type Ask = (ctx: Context, caller: number) => Promise<void>;

/** Asks the database, and puts it on record. */
async function query(side: Side, ctx: ContextLike, name: string): Promise<void> {
  const row = side.timeline.add(name, true);
  side.timeline.enter(row, 'running', 'runs');
  await pause(ctx, duration);
  const unheard = row.spans.at(-1)?.phase === 'unheard';
  side.timeline.end(row, 'done', unheard ? 'done, for nobody' : 'done');
}

async function play(side: Side, ask: Ask): Promise<void> {
  let answers = 0;
  const come = async (caller: number, at: number, until: number): Promise<void> => {
    await pause(side.life, at);
    const [ctx, leave] = withCancelCause(side.life);
    const row = side.timeline.add(`caller ${caller}`);
    side.timeline.enter(row, 'waiting', 'waits');
    void pause(ctx, until - at).then(
      () => leave('closed the tab'),
      () => {},
    );
    try {
      await ask(ctx, caller);
      answers++;
      side.timeline.end(row, 'done', 'answered');
    } catch {
      side.timeline.end(row, 'stopped', `left: ${String(cause(ctx))}`);
    } finally {
      leave();
    }
  };
  await Promise.all(callers.map(([at, until], i) => come(i + 1, at, until)));
  const queries = side.timeline.rows.filter(({ major }) => major).length;
  side.say(`${queries} ${queries === 1 ? 'query' : 'queries'} for ${answers} answers.`);
}

/** Each caller asks by itself, and its query does not hear that it has left. */
export function eachAlone(side: Side): Promise<void> {
  return play(side, async (ctx, caller) => {
    const asked = query(side, side.life, `query ${caller}`);
    const row = side.timeline.rows.at(-1);
    await new Promise<void>((resolve, reject) => {
      const stop = afterFunc(ctx, () => {
        if (row && row.outcome === undefined) side.timeline.enter(row, 'unheard', 'runs on');
        reject(cause(ctx));
      });
      void asked.then(resolve, reject).finally(stop);
    });
  }).catch(() => {});
}

/** All callers share one query. */
export function shared(side: Side): Promise<void> {
  const flights = new Group<void>();
  return play(side, async (ctx) => {
    await flights.doContext(ctx, 'user 42', (flight) => query(side, flight, 'the query'));
  }).catch(() => {});
}
