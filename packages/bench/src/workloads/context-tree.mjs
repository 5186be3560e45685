import { background, withCancel } from '@gosync/context';
import { row } from '../row.mjs';

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
      const [parent, cancel] = withCancel(background());
      const children = Array.from({ length: n }, () => withCancel(parent)[0]);
      return () => {
        cancel();
        return () => children.filter((child) => child.err).length;
      };
    },
    'AbortSignal.any': (n) => {
      const parent = new AbortController();
      const children = Array.from({ length: n }, () => AbortSignal.any([parent.signal]));
      return () => {
        parent.abort(new Error('canceled'));
        return () => children.filter((child) => child.aborted).length;
      };
    },
  },
});
