import { afterAll, beforeAll, vi } from 'vitest';
import { semaphoreEndings } from '../src/leaks/semaphore.ts';
import { describeEndings } from '../src/leaks/table.ts';

beforeAll(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
});
afterAll(() => {
  vi.useRealTimers();
});

describeEndings(semaphoreEndings);
