import { background, withCancel } from '@gosync/context';
import { row } from '../row.mjs';

/**
 * @param {number} n
 * @param {() => boolean} holds
 */
const check = (n, holds) => () => {
  let done = 0;
  for (let i = 0; i < n; i++) if (holds()) done++;
  return done;
};

const shared = /** @type {const} */ ({ per: 'look', unit: 'ns', n: 5_000_000, targets: [] });

export const contextErrLive = row({
  ...shared,
  id: 'context-err-live',
  title: '`ctx.err` of a live context',
  go: 'ContextErrLive',
  contenders: {
    gosync: (n) => {
      const [ctx] = withCancel(background());
      return check(n, () => ctx.err === undefined);
    },
    'AbortSignal.aborted': (n) => {
      const { signal } = new AbortController();
      return check(n, () => !signal.aborted);
    },
  },
});

export const contextErrCanceled = row({
  ...shared,
  id: 'context-err-canceled',
  title: '`ctx.err` of a canceled context',
  go: 'ContextErrCanceled',
  contenders: {
    gosync: (n) => {
      const [ctx, cancel] = withCancel(background());
      cancel();
      return check(n, () => ctx.err !== undefined);
    },
    'AbortSignal.reason': (n) => {
      const signal = AbortSignal.abort();
      return check(n, () => signal.reason !== undefined);
    },
  },
});

export const contextSignalAborted = row({
  ...shared,
  id: 'context-signal-aborted',
  title: '`ctx.signal.aborted` of a live context',
  go: 'ContextDone',
  contenders: {
    gosync: (n) => {
      const [ctx] = withCancel(background());
      return check(n, () => !ctx.signal.aborted);
    },
    floor: (n) => {
      const ctx = new AbortController();
      return check(n, () => !ctx.signal.aborted);
    },
  },
});
