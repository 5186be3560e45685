import { background, withTimeout } from '@gosync/context';
import { row } from '../row.mjs';

const hour = 3_600_000;

export const contextTimeout = row({
  id: 'context-timeout',
  title: '`withTimeout` of an hour, cancel',
  per: 'context',
  unit: 'ns',
  n: 50_000,
  go: 'ContextTimeout',
  targets: [{ than: 'go', atMost: 0.6 }],
  contenders: {
    gosync: (n) => () => {
      let done = 0;
      for (let i = 0; i < n; i++) {
        const [ctx, cancel] = withTimeout(background(), hour);
        cancel();
        if (ctx.deadline) done++;
      }
      return done;
    },
    floor: (n) => () => {
      let done = 0;
      for (let i = 0; i < n; i++) {
        const timer = setTimeout(() => {}, hour);
        clearTimeout(timer);
        if (timer) done++;
      }
      return done;
    },
    // Cannot be cleared: its timer runs on.
    'AbortSignal.timeout': (n) => () => {
      let done = 0;
      for (let i = 0; i < n; i++) if (!AbortSignal.timeout(hour).aborted) done++;
      return done;
    },
  },
});
