import sinon from 'sinon';
import { type Clock, underClocks } from '../harness/clock.ts';

type Config = Parameters<typeof sinon.useFakeTimers>[0];

function clock(config: Config): Clock {
  let fake: sinon.SinonFakeTimers | undefined;
  return {
    install: () => (fake = sinon.useFakeTimers(config)),
    advance: (ms) => fake?.tickAsync(ms),
    uninstall: () => fake?.restore(),
  };
}

export const subject = {
  library: 'sinon',
  title: 'fake timers',
  checks: underClocks({ 'all clocks': clock({ toNotFake: ['nextTick', 'queueMicrotask'] }) }),
};
