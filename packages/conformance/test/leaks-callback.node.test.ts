import { afterAll, beforeAll, vi } from 'vitest';
import { callbackEndings } from '../src/leaks/callback.ts';
import { describeEndings } from '../src/leaks/table.ts';

beforeAll(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
});
afterAll(() => {
  vi.useRealTimers();
});

describeEndings(callbackEndings);
