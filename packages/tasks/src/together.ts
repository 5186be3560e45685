import type { Context } from '@gosync/context';
import { type CallContexts, callContexts } from '@gosync/context/internal';
import { NativePromise, nativeThen, type Run, start } from './call.ts';
import type { Source } from './source.ts';

/**
 * Runs `f` for all items of a source at once and returns the results in their order: what `Work` does when nothing
 * bounds it. One promise for all tasks costs less than callbacks for each (`pnpm bench tasks-map-unlimited`).
 */
export async function together(parent: Context, source: Source, f: Run): Promise<unknown[]> {
  const contexts = callContexts(parent);
  /** Boxed: it may be `undefined`. Written once. */
  let failure: { readonly reason: unknown } | undefined;
  const stop = (reason: unknown): void => {
    failure ??= { reason: (contexts.doneAbove() ?? { reason }).reason };
    contexts.cancel(reason);
  };
  // Of its size at once: to let it grow takes as long as all the rest (`pnpm bench tasks-map-unlimited`, Node 24).
  // oxlint-disable-next-line unicorn/no-new-array -- what `Array.from` makes has no room, but elements
  const tasks: unknown[] = new Array(source.size);
  try {
    begin(contexts, source, f, tasks);
  } catch (error) {
    stop(error);
  }
  const results = NativePromise.all(tasks);
  try {
    await results;
  } catch (error) {
    stop(error);
    await settled(tasks);
  }
  if (!source.exhausted) {
    // Not all had begun when the context ended.
    stop(undefined);
    await source.close().catch(() => {});
  }
  contexts.cancel();
  if (failure) throw failure.reason;
  return results;
}

/** Begins the task of each item until the context ends. Throws what `f` or the source throws. */
function begin(contexts: CallContexts, source: Source, f: Run, tasks: unknown[]): void {
  let begun = 0;
  try {
    while (!contexts.doneAbove() && source.take()) {
      // The context may have ended while the item was taken.
      const end = source.runsCode ? contexts.doneAbove() : undefined;
      if (end) throw end.reason;
      tasks[begun] = plain(start(contexts, f, source.item, begun));
      begun++;
    }
  } finally {
    if (begun < tasks.length) tasks.length = begun;
  }
}

/** What `Promise.all` hears of as we would: somebody may have given a promise a `then` of its own. */
function plain(task: unknown): unknown {
  return task instanceof NativePromise && !isPlain(task) ? wrap(task) : task;
}

function isPlain(task: Promise<unknown>): boolean {
  try {
    return task.then === nativeThen;
  } catch {
    return false;
  }
}

async function wrap(task: Promise<unknown>): Promise<unknown> {
  return await task;
}

/** Resolves when all have ended, however they do. */
async function settled(tasks: readonly unknown[]): Promise<void> {
  for (const task of tasks) {
    try {
      await task;
    } catch {
      // `Promise.all` has reported the first.
    }
  }
}
