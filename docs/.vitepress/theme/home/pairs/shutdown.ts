import { cause, type ContextLike, withCancelCause } from '@gosync/context';
import { message, pause } from '../../playground/pause.ts';
import type { Side } from '../side.ts';

/** When the server is told to stop, in milliseconds. */
const shutdown = 1000;

/** What a request does, and how long that takes. */
const work = [
  ['query', 2200],
  ['retry in 3 s', 3000],
] as const;

/** A part of the request. */
async function part(side: Side, ctx: ContextLike, name: string, ms: number): Promise<void> {
  const row = side.timeline.add(name);
  side.timeline.enter(row, 'running', 'runs');
  try {
    await pause(ctx, ms);
    const unheard = row.spans.at(-1)?.phase === 'unheard';
    side.timeline.end(row, 'done', unheard ? 'done, for nobody' : 'done');
  } catch (reason) {
    side.timeline.end(row, 'stopped', `stopped: ${message(reason)}`);
  }
}

/** The request is left, by `Promise.race`; what it began does not hear of it. */
export async function race(side: Side): Promise<void> {
  const request = side.timeline.add('request', true);
  side.timeline.enter(request, 'running', 'runs');
  const parts = Promise.all(work.map(([name, ms]) => part(side, side.life, name, ms)));
  await Promise.race([parts, pause(side.life, shutdown).catch(() => {})]);
  side.timeline.end(request, 'stopped', 'left');
  const left = side.markUnheard('runs on');
  side.say(`The wait has ended. ${left} parts of the request run on.`);
  await parts;
}

/** All parts have the context of the request, which is derived from that of the server. */
export async function context(side: Side): Promise<void> {
  const [server, stop] = withCancelCause(side.life);
  const request = side.timeline.add('request', true);
  side.timeline.enter(request, 'running', 'runs');
  const parts = Promise.all(work.map(([name, ms]) => part(side, server, name, ms)));
  await pause(side.life, shutdown).catch(() => {});
  stop('new version');
  await parts;
  side.timeline.end(request, 'stopped', `stopped: ${message(cause(server))}`);
  side.say('All of it has stopped, and each part knows why.');
}
