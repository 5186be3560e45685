import { background, withCancel } from '@gosync/context';
import { row } from '../row.mjs';

export const contextCancel = row({
  id: 'context-cancel',
  title: '`withCancel` under a live parent, cancel',
  per: 'context',
  unit: 'ns',
  n: 100_000,
  go: 'ContextCancel',
  targets: [
    { than: 'peer', atMost: 0.02 },
    { than: 'go', atMost: 0.6 },
  ],
  contenders: {
    gosync: (n) => {
      const [parent] = withCancel(background());
      return () => {
        let done = 0;
        for (let i = 0; i < n; i++) {
          const [ctx, cancel] = withCancel(parent);
          cancel();
          if (ctx.err) done++;
        }
        return done;
      };
    },
    'AbortSignal.any': (n) => {
      const parent = new AbortController().signal;
      return () => {
        let done = 0;
        for (let i = 0; i < n; i++) {
          const own = new AbortController();
          const signal = AbortSignal.any([parent, own.signal]);
          own.abort();
          if (signal.aborted) done++;
        }
        return done;
      };
    },
    'listener on the parent': (n) => {
      const parent = new AbortController().signal;
      return () => {
        let done = 0;
        for (let i = 0; i < n; i++) {
          const own = new AbortController();
          const abort = () => own.abort();
          parent.addEventListener('abort', abort);
          own.abort();
          parent.removeEventListener('abort', abort);
          if (own.signal.aborted) done++;
        }
        return done;
      };
    },
  },
});
