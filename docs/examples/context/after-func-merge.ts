// A context that ends with either of two others.
import { afterFunc, background, cause, type Context, withCancelCause } from '@gosync/context';

/** A context with the values of `ctx` that is done when `ctx` or `other` is; and how to end it before. */
function merge(ctx: Context, other: Context): readonly [Context, () => void] {
  const [merged, cancel] = withCancelCause(ctx);
  const stop = afterFunc(other, () => cancel(cause(other)));
  const cancelMerged = () => {
    stop();
    cancel();
  };
  return [merged, cancelMerged];
}

const [first, cancelFirst] = withCancelCause(background());
const [second, cancelSecond] = withCancelCause(background());
const [merged, cancelMerged] = merge(first, second);

cancelSecond(new Error('second context canceled'));
console.log(String(cause(merged)));
console.log(`first: ${first.err ?? 'not canceled'}`);

cancelMerged();
cancelFirst();
