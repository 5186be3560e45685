import { afterFunc, cause } from '@gosync/context';
import { withContext } from '@gosync/errgroup';

// Takes a while, unless its context ends.
function pause(ctx, ms) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    afterFunc(ctx, () => {
      clearTimeout(timer);
      reject(cause(ctx));
    });
  });
}

// The default export is called. The button "Stop" cancels ctx.
export default async function main(ctx) {
  const [group] = withContext(ctx);
  group.setLimit(2);
  for (const name of ['one', 'two', 'three', 'four']) {
    void group.go(async (groupCtx) => {
      console.log(`${name} begins`);
      await pause(groupCtx, 700);
      if (name === 'three') throw new Error('three failed');
      console.log(`${name} is done`);
    });
  }
  await group.wait();
}
