import { expect, it, vi } from 'vitest';
import { underClocks } from '../../harness/clock.ts';

type Options = Parameters<typeof vi.useFakeTimers>[0];

const clock = (options?: Options): Parameters<typeof underClocks>[0][string] => ({
  install: () => vi.useFakeTimers(options),
  advance: (ms) => vi.advanceTimersByTimeAsync(ms),
  uninstall: () => vi.useRealTimers(),
});

const checks = underClocks({
  'what it fakes by itself': clock(),
  'timers alone': clock({ toFake: ['setTimeout', 'clearTimeout'] }),
});
it.each(Object.entries(checks))('%s', async (_name, check) => {
  await expect(check({ watch: () => {}, prompt: 0 })).resolves.toBeUndefined();
});
