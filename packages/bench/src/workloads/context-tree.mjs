import { background, withCancel } from '@gosync/context';
import { row } from '../row.mjs';

const reason = new Error('canceled');

export const contextTree = row({
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
