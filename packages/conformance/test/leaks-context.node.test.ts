import { afterAll, beforeAll, vi } from 'vitest';
import { contextEndings } from '../src/leaks/context.ts';
import { describeEndings } from '../src/leaks/table.ts';

beforeAll(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
});
afterAll(() => {
  vi.useRealTimers();
});

describeEndings(contextEndings);
