import { AsyncLocalStorage } from 'node:async_hooks';
import { queued } from '../harness/queued.ts';

const storage = new AsyncLocalStorage<string>();

export const subject = {
  library: 'node',
  title: 'AsyncLocalStorage',
  checks: queued({ run: (name, f) => storage.run(name, f), current: () => storage.getStore() }),
};
