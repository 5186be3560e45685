import { ModernFakeTimers } from '@jest/fake-timers';
import { underClocks } from '../harness/clock.ts';

type Options = ConstructorParameters<typeof ModernFakeTimers>[0];

// Of a project's whole configuration it reads this.
const config: unknown = { fakeTimers: {}, rootDir: '/' };
const fake = new ModernFakeTimers({ global: globalThis, config: config as Options['config'] });

const clock = (
  doNotFake: ('performance' | 'Date')[],
): Parameters<typeof underClocks>[0][string] => ({
  install: () => fake.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', ...doNotFake] }),
  advance: (ms) => fake.advanceTimersByTimeAsync(ms),
  uninstall: () => fake.useRealTimers(),
});

export const subject = {
  library: '@jest/fake-timers',
  checks: underClocks({
    'all clocks': clock([]),
    'timers and Date': clock(['performance']),
    'timers alone': clock(['performance', 'Date']),
  }),
};
