import { mock } from 'node:test';
import { type Clock, underClocks } from '../harness/clock.ts';

type Api = 'setTimeout' | 'setInterval' | 'Date';

function clock(apis: Api[]): Clock {
  return {
    install: () => mock.timers.enable({ apis }),
    async advance(ms) {
      mock.timers.tick(ms);
      // Its tick is synchronous; what was waited for goes on in microtasks.
      for (let i = 0; i < 10; i++) await Promise.resolve();
    },
    uninstall: () => mock.timers.reset(),
  };
}

export const subject = {
  library: 'node',
  title: 'node:test mock timers',
  // Node 20 says so of its mock timers.
  warnings: [/MockTimers API is an experimental feature/],
  checks: underClocks({
    'timers and Date': clock(['setTimeout', 'setInterval', 'Date']),
    'timers alone': clock(['setTimeout', 'setInterval']),
  }),
};
