import { background, createKey, withCancel, withTimeout, withValue } from '@gosync/context';
import { each } from '../contenders.mjs';
import { row } from '../row.mjs';

// What is done is looked at when the clock has stopped: `err` makes an error when it is first read, and `abort()`
// makes one in any case, unless it is given one.
const reason = new Error('canceled');
const hour = 3_600_000;
const depth = 100;

/**
 * Derives and cancels `n` times under one parent.
 * @template T
 * @param {number} n
 * @param {{ derive: () => T, ended: (last: T) => boolean }} subject `derive` cancels too; `ended` says whether the last
 * one has ended and the parent has not
 */
const deriveAndCancel = (n, { derive, ended }) => {
  return () => {
    let last = derive();
    for (let i = 1; i < n; i++) last = derive();
    return () => (ended(last) ? n : 0);
  };
};

const contextCancel = row({
  id: 'context-cancel',
  title: '`withCancel` under a live parent, cancel',
  per: 'context',
  unit: 'ns',
  n: 20_000,
  go: 'ContextCancel',
  targets: [
    { than: 'AbortSignal.any', atMost: 0.02 },
    { than: 'go', atMost: 0.6 },
  ],
  why: 'The context, its cancel function and their tuple are allocated; nothing else is done.',
  contenders: {
    gosync: (n) => {
      const [parent] = withCancel(background());
      return deriveAndCancel(n, {
        derive: () => {
          const [ctx, cancel] = withCancel(parent);
          cancel();
          return ctx;
        },
        ended: (last) => last.err !== undefined && parent.err === undefined,
      });
    },
    ...each(
      (n, /** @type {(parent: AbortSignal) => AbortSignal} */ derive) => {
        const parent = new AbortController().signal;
        return deriveAndCancel(n, {
          derive: () => derive(parent),
          ended: (last) => last.aborted && !parent.aborted,
        });
      },
      {
        'AbortSignal.any': () => (parent) => {
          const own = new AbortController();
          const signal = AbortSignal.any([parent, own.signal]);
          own.abort(reason);
          return signal;
        },
        'listener on the parent': () => (parent) => {
          const own = new AbortController();
          const abort = () => own.abort(parent.reason);
          parent.addEventListener('abort', abort);
          own.abort(reason);
          parent.removeEventListener('abort', abort);
          return own.signal;
        },
      },
    ),
  },
});

const contextTimeout = row({
  id: 'context-timeout',
  title: '`withTimeout` of an hour, cancel',
  per: 'context',
  unit: 'ns',
  n: 50_000,
  go: 'ContextTimeout',
  targets: [{ than: 'go', atMost: 0.6 }],
  why: 'The floor, a timer that is set and cleared, takes most of the time.',
  contenders: each(
    (n, /** @type {() => unknown} */ start) => () => {
      let done = 0;
      for (let i = 0; i < n; i++) if (start()) done++;
      return done;
    },
    {
      gosync: () => () => {
        const [ctx, cancel] = withTimeout(background(), hour);
        cancel();
        return ctx.deadline;
      },
      floor: () => () => {
        const timer = setTimeout(() => {}, hour);
        clearTimeout(timer);
        return timer;
      },
      // Cannot be cleared: its timer runs on.
      'AbortSignal.timeout': () => () => !AbortSignal.timeout(hour).aborted,
    },
  ),
});

const contextTree = row({
  id: 'context-tree',
  title: 'cancel a parent of 10,000 children',
  per: 'child',
  unit: 'ns',
  n: 10_000,
  go: 'ContextTree',
  targets: [{ than: 'go', atMost: 0.4 }],
  contenders: {
    gosync: (n) => {
      let [parent, cancel] = withCancel(background());
      let children = [parent];
      return {
        prepare: () => {
          [parent, cancel] = withCancel(background());
          children = Array.from({ length: n }, () => withCancel(parent)[0]);
        },
        run: () => {
          cancel();
          return () => children.filter((child) => child.err).length;
        },
      };
    },
    'AbortSignal.any': (n) => {
      let parent = new AbortController();
      let children = [parent.signal];
      return {
        prepare: () => {
          parent = new AbortController();
          children = Array.from({ length: n }, () => AbortSignal.any([parent.signal]));
        },
        run: () => {
          parent.abort(reason);
          return () => children.filter((child) => child.aborted).length;
        },
      };
    },
  },
});

const contextChain = row({
  id: 'context-chain',
  title: 'derive a chain of 100 contexts, cancel the first',
  per: 'context',
  unit: 'ns',
  n: 20_000,
  go: 'ContextChain',
  targets: [],
  contenders: {
    gosync: (n) => () => {
      let last = background();
      for (let i = 0; i < n / depth; i++) {
        const [root, cancel] = withCancel(background());
        last = root;
        for (let j = 1; j < depth; j++) [last] = withCancel(last);
        cancel();
      }
      return () => (last.err ? n : 0);
    },
    'AbortSignal.any': (n) => () => {
      let last = AbortSignal.abort();
      for (let i = 0; i < n / depth; i++) {
        const root = new AbortController();
        last = root.signal;
        for (let j = 1; j < depth; j++) last = AbortSignal.any([last]);
        root.abort(reason);
      }
      return last.reason === reason ? n : 0;
    },
  },
});

/**
 * @param {number} n
 * @param {() => boolean} holds
 */
const look = (n, holds) => () => {
  let done = 0;
  for (let i = 0; i < n; i++) if (holds()) done++;
  return done;
};

const contextValue = row({
  id: 'context-value',
  title: '`value` of a key that none of 100 ancestors has',
  per: 'look-up',
  unit: 'ns',
  n: 200_000,
  go: 'ContextValue',
  targets: [{ than: 'go', atMost: 1 }],
  contenders: {
    gosync: (n) => {
      let ctx = background();
      for (let i = 0; i < depth; i++) ctx = withValue(ctx, createKey(`key ${i}`), i);
      const missing = createKey('missing');
      return look(n, () => ctx.value(missing) === undefined);
    },
  },
});

const looks = /** @type {const} */ ({ per: 'look', unit: 'ns', n: 5_000_000, targets: [] });

const contextErrLive = row({
  ...looks,
  id: 'context-err-live',
  title: '`ctx.err` of a live context',
  go: 'ContextErrLive',
  contenders: each(look, {
    gosync: () => {
      const [ctx] = withCancel(background());
      return () => ctx.err === undefined;
    },
    'AbortSignal.aborted': () => {
      const { signal } = new AbortController();
      return () => !signal.aborted;
    },
  }),
});

const contextErrCanceled = row({
  ...looks,
  id: 'context-err-canceled',
  title: '`ctx.err` of a canceled context',
  go: 'ContextErrCanceled',
  contenders: each(look, {
    gosync: () => {
      const [ctx, cancel] = withCancel(background());
      cancel();
      return () => ctx.err !== undefined;
    },
    'AbortSignal.reason': () => {
      const signal = AbortSignal.abort();
      return () => signal.reason !== undefined;
    },
  }),
});

const contextSignalAborted = row({
  ...looks,
  id: 'context-signal-aborted',
  title: '`ctx.signal.aborted` of a live context',
  go: 'ContextDone',
  contenders: each(look, {
    gosync: () => {
      const [ctx] = withCancel(background());
      return () => !ctx.signal.aborted;
    },
    floor: () => {
      const ctx = new AbortController();
      return () => !ctx.signal.aborted;
    },
  }),
});

export const rows = [
  contextCancel,
  contextTimeout,
  contextTree,
  contextChain,
  contextValue,
  contextErrLive,
  contextErrCanceled,
  contextSignalAborted,
];
