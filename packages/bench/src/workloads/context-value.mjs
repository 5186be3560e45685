import { background, createKey, withValue } from '@gosync/context';
import { row } from '../row.mjs';

export const contextValue = row({
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
      for (let i = 0; i < 100; i++) ctx = withValue(ctx, createKey(`key ${i}`), i);
      const missing = createKey('missing');
      return () => {
        let done = 0;
        for (let i = 0; i < n; i++) if (ctx.value(missing) === undefined) done++;
        return done;
      };
    },
  },
});
