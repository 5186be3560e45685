import { AbortController } from 'abort-controller';
import { foreign } from '../harness/foreign.ts';

export const subject = {
  library: 'abort-controller',
  checks: foreign(() => new AbortController()),
};
