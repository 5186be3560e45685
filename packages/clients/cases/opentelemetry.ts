import { context, createContextKey } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { queued } from '../harness/queued.ts';

const manager = new AsyncLocalStorageContextManager();
const key = createContextKey('name');

export const subject = {
  library: '@opentelemetry/context-async-hooks',
  title: 'the context manager',
  open: () => context.setGlobalContextManager(manager.enable()),
  checks: queued({
    run: (name, f) => context.with(context.active().setValue(key, name), f),
    current() {
      const value = context.active().getValue(key);
      return typeof value === 'string' ? value : undefined;
    },
  }),
  close: () => context.disable(),
};
