import { equal } from 'node:assert/strict';
import Bluebird from 'bluebird';
import { background } from '@gosync/context';
import { withContext } from '@gosync/errgroup';
import { anyGlobals } from '../harness/globals.ts';

const { Promise: native } = globalThis;

export const subject = {
  library: 'bluebird',
  title: 'as the global Promise',
  open: () => void Object.assign(globalThis, { Promise: Bluebird }),
  checks: {
    ...anyGlobals,
    'a task may return one of its promises': async () => {
      const [group] = withContext(background());
      let seen = 0;
      void group.go(() => Bluebird.delay(1).then(() => seen++));
      await group.wait();
      equal(seen, 1);
    },
  },
  close: () => void Object.assign(globalThis, { Promise: native }),
};
