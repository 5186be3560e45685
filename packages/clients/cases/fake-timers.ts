import { type FakeMethod, install } from '@sinonjs/fake-timers';
import { type Clock, underClocks } from '../harness/clock.ts';

function clock(toFake: FakeMethod[]): Clock {
  let fake: ReturnType<typeof install> | undefined;
  return {
    install: () => (fake = install({ toFake })),
    advance: (ms) => fake?.tickAsync(ms),
    uninstall: () => fake?.uninstall(),
  };
}

const timers = ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] as const;

export const subject = {
  library: '@sinonjs/fake-timers',
  checks: underClocks({
    'all clocks': clock([...timers, 'Date', 'performance', 'hrtime']),
    'timers and Date': clock([...timers, 'Date']),
    'timers and performance': clock([...timers, 'performance']),
    'timers alone': clock([...timers]),
  }),
};
