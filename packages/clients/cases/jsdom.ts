import { equal, ok } from 'node:assert/strict';
import { background, isCanceled, withCancel } from '@gosync/context';
import { JSDOM } from 'jsdom';
import { foreign } from '../harness/foreign.ts';

const { window } = new JSDOM();

export const subject = {
  library: 'jsdom',
  checks: {
    ...foreign(() => new window.AbortController()),
    'its DOMExceptions are cancellations': () => {
      ok(isCanceled(new window.DOMException('', 'AbortError')));
      equal(isCanceled(new window.DOMException('', 'DataError')), false);
    },
    'its events end a context': () => {
      const [ctx, cancel] = withCancel(background());
      window.addEventListener('click', () => cancel(), { once: true });
      window.dispatchEvent(new window.Event('click'));
      ok(isCanceled(ctx.err));
    },
  },
  close: () => window.close(),
};
