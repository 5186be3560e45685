import { background, withCancel } from '@gosync/context';
import { row } from '../row.mjs';

// What is done is looked at when the clock has stopped: `err` makes an error when it is first read, and `abort()`
// makes one in any case, unless it is given one.
const reason = new Error('canceled');

export const contextCancel = row({
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
      return () => {
        let last = parent;
        for (let i = 0; i < n; i++) {
          const [ctx, cancel] = withCancel(parent);
          cancel();
          last = ctx;
        }
        return () => (last.err && !parent.err ? n : 0);
      };
    },
    'AbortSignal.any': (n) => {
      const parent = new AbortController().signal;
      return () => {
        let last = parent;
        for (let i = 0; i < n; i++) {
          const own = new AbortController();
          last = AbortSignal.any([parent, own.signal]);
          own.abort(reason);
        }
        return last.aborted && !parent.aborted ? n : 0;
      };
    },
    'listener on the parent': (n) => {
      const parent = new AbortController().signal;
      return () => {
        let last = parent;
        for (let i = 0; i < n; i++) {
          const own = new AbortController();
          const abort = () => own.abort(parent.reason);
          parent.addEventListener('abort', abort);
          last = own.signal;
          own.abort(reason);
          parent.removeEventListener('abort', abort);
        }
        return last.aborted && !parent.aborted ? n : 0;
      };
    },
  },
});
