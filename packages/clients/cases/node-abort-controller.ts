import { AbortController } from 'node-abort-controller';
import { foreign } from '../harness/foreign.ts';

export const subject = {
  library: 'node-abort-controller',
  checks: foreign(() => new AbortController()),
};
