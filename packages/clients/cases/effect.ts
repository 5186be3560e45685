import { Effect } from 'effect';
import { client } from '../harness/client.ts';

export const subject = client({
  library: 'effect',
  rejects: { canceled: 'Error' },
  open: () => ({
    answered: (ctx) => Effect.runPromise(Effect.succeed(1), { signal: ctx.signal }),
    silent: (ctx) => Effect.runPromise(Effect.sleep('1 hour'), { signal: ctx.signal }),
  }),
});
