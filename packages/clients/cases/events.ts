import { EventEmitter, once } from 'node:events';
import { client } from '../harness/client.ts';

export const subject = client({
  library: 'node',
  title: 'events.once',
  rejects: { canceled: 'AbortError ABORT_ERR with the cause' },
  open: () => ({
    answered: async (ctx) => {
      const emitter = new EventEmitter();
      const event = once(emitter, 'event', { signal: ctx.signal });
      emitter.emit('event');
      await event;
    },
    silent: (ctx) => once(new EventEmitter(), 'event', { signal: ctx.signal }),
  }),
});
