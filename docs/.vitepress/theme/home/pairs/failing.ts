import type { ContextLike } from '@gosync/context';
import { withContext } from '@gosync/errgroup';
import { message, pause } from '../../playground/pause.ts';
import type { Side } from '../side.ts';

/** Four requests, by how long they take, in milliseconds. The third fails. */
const requests = [
  ['/orders', 2600],
  ['/profile', 2200],
  ['/stock', 1000],
  ['/prices', 3000],
] as const;

/** Asks for `path`, and puts it on record. */
function ask(side: Side, path: string, ms: number): (ctx: ContextLike) => Promise<void> {
  const row = side.timeline.add(path);
  side.timeline.enter(row, 'running', 'runs');
  return async (ctx) => {
    try {
      await pause(ctx, ms);
    } catch (reason) {
      side.timeline.end(row, 'stopped', 'stopped');
      throw reason;
    }
    if (path === '/stock') {
      side.timeline.end(row, 'failed', 'failed: 503');
      throw new Error('503 for /stock');
    }
    const unheard = row.spans.at(-1)?.phase === 'unheard';
    side.timeline.end(row, 'done', unheard ? 'done, for nobody' : 'done');
  };
}

/** With `Promise.all`. */
export async function promiseAll(side: Side): Promise<void> {
  const running = requests.map(([path, ms]) => ask(side, path, ms)(side.life));
  try {
    await Promise.all(running);
  } catch (error) {
    const left = side.markUnheard('runs on');
    side.say(`Promise.all rejects: ${message(error)}. ${left} requests run on.`);
  }
  await Promise.allSettled(running);
}

/** With a group. */
export async function group(side: Side): Promise<void> {
  const [tasks] = withContext(side.life);
  for (const [path, ms] of requests) void tasks.go(ask(side, path, ms));
  try {
    await tasks.wait();
  } catch (error) {
    side.say(`wait() rejects: ${message(error)}. Nothing is running.`);
  }
}
