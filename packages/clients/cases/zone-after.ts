import { anyGlobals } from '../harness/globals.ts';

export const subject = {
  library: 'zone.js',
  title: 'loaded after',
  open: () => import('zone.js'),
  checks: anyGlobals,
};
