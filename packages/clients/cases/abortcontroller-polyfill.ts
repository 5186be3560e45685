import { AbortController } from 'abortcontroller-polyfill/dist/cjs-ponyfill.js';
import { foreign } from '../harness/foreign.ts';

export const subject = {
  library: 'abortcontroller-polyfill',
  checks: foreign(() => new AbortController()),
};
