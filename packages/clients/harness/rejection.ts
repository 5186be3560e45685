import { deepEqual, equal, ok } from 'node:assert/strict';
import {
  background,
  type Context,
  isCanceled,
  isDeadlineExceeded,
  withCancel,
  withCancelCause,
  withTimeout,
} from '@gosync/context';
import { withContext } from '@gosync/errgroup';
import type { Scope } from './case.ts';
import type { Opened, Signaled } from './client.ts';
import { describe } from './outcome.ts';

/** Milliseconds. A silent call is never answered, so any number will do that lets the call begin. */
const deadline = 150;
/** Node 20 warns from the eleventh listener on a signal on. */
const many = 15;

async function rejection(call: PromiseLike<unknown>, { signal }: Signaled): Promise<string> {
  let value: unknown;
  try {
    value = await call;
  } catch (error) {
    return describe(error, signal.reason);
  }
  throw new Error(`resolved to ${String(value)}, although it should have been stopped`);
}

/** Each way to end a silent call. Returns how the call ended, in the words of {@link describe}. */
type Way = (opened: Opened, scope: Scope) => Promise<string>;

/** A context that is canceled once the call is under way. */
async function meanwhile(
  { silent, arrived, idle }: Opened,
  scope: Scope,
  ctx: Signaled,
  cancel: () => void,
): Promise<string> {
  scope.watch(ctx.signal);
  const outcome = rejection(silent(ctx), ctx);
  // In case it rejects at once: an error of the test must not be an unhandled rejection.
  await Promise.race([arrived?.(1), outcome]);
  const begin = performance.now();
  cancel();
  const found = await outcome;
  await idle?.();
  const ms = Math.round(performance.now() - begin);
  ok(ms < scope.prompt, `ended ${ms} ms after its context`);
  return found;
}

export const canceled: Way = async (opened, scope) => {
  const [ctx, cancel] = withCancel(background());
  const found = await meanwhile(opened, scope, ctx, cancel);
  equal(isCanceled(ctx.err), true);
  return found;
};

export const caused: Way = (opened, scope) => {
  const [ctx, cancel] = withCancelCause(background());
  return meanwhile(opened, scope, ctx, () => cancel(new Error('the user left')));
};

export const done: Way = async ({ silent, idle }, scope) => {
  const [ctx, cancel] = withCancel(background());
  cancel();
  scope.watch(ctx.signal);
  // Some throw at once, as nothing has to be waited for.
  const found = await rejection((async () => silent(ctx))(), ctx);
  await idle?.();
  return found;
};

export const passed: Way = async ({ silent, idle }, scope) => {
  const [ctx] = withTimeout(background(), deadline);
  scope.watch(ctx.signal);
  const found = await rejection(silent(ctx), ctx);
  equal(isDeadlineExceeded(ctx.err), true);
  await idle?.();
  return found;
};

/** The same with a signal of the platform's own: what the library does is not our doing. */
export const platform: Way = (opened, scope) => {
  const controller = new AbortController();
  return meanwhile(opened, scope, controller, () => controller.abort());
};

/** Calls in the tasks of a group, each with its task's own context, ended by the group's. */
export const grouped: Way = async ({ silent, arrived, idle }, scope) => {
  const [parent, cancel] = withCancel(background());
  const [group] = withContext(parent);
  const found: Promise<string>[] = [];
  for (let i = 0; i < many; i++) {
    void group.go(async (ctx: Context) => {
      scope.watch(ctx.signal);
      const outcome = rejection(silent(ctx), ctx);
      found.push(outcome);
      await outcome;
    });
  }
  await Promise.race([arrived?.(many), Promise.any(found)]);
  cancel();
  await group.wait();
  await idle?.();
  const outcomes = await Promise.all(found);
  deepEqual(new Set(outcomes).size, 1, `outcomes differ: ${outcomes.join('; ')}`);
  return outcomes[0] ?? 'none';
};
