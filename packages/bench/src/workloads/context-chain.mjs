import { background, withCancel } from '@gosync/context';
import { row } from '../row.mjs';

const depth = 100;
const reason = new Error('canceled');

export const contextChain = row({
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
