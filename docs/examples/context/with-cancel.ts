// A producer that would go on for ever, were it not for its context.
import { background, type Context, withCancel } from '@gosync/context';

async function* integers(ctx: Context): AsyncGenerator<number> {
  for (let n = 1; !ctx.err; n++) yield n;
}

const [ctx, cancel] = withCancel(background());
using _ = cancel; // Go's `defer cancel()`

for await (const n of integers(ctx)) {
  console.log(n);
  if (n === 5) cancel();
}
