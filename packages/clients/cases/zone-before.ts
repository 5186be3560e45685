// oxlint-disable-next-line import/no-unassigned-import -- it replaces globals
import 'zone.js';
import { equal } from 'node:assert/strict';
import { Weighted } from '@gosync/semaphore';
import { anyGlobals } from '../harness/globals.ts';

export const subject = {
  library: 'zone.js',
  title: 'loaded before',
  checks: {
    ...anyGlobals,
    'a waiter goes on in its own zone': async () => {
      const sem = new Weighted(1);
      await sem.acquire();
      const zone = Zone.current.fork({ name: 'own' });
      const seen = zone.run(() => sem.acquire().then(() => Zone.current.name));
      sem.release();
      equal(await seen, 'own');
    },
  },
};
