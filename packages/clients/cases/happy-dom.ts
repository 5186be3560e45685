import { equal, ok } from 'node:assert/strict';
import { isCanceled } from '@gosync/context';
import { Window } from 'happy-dom';
import { foreign } from '../harness/foreign.ts';

const window = new Window();

export const subject = {
  library: 'happy-dom',
  checks: {
    ...foreign(() => new window.AbortController()),
    'its DOMExceptions are cancellations': () => {
      ok(isCanceled(new window.DOMException('', 'AbortError')));
      equal(isCanceled(new window.DOMException('', 'DataError')), false);
    },
  },
  close: () => window.happyDOM.close(),
};
