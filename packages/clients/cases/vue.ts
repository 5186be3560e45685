import { equal, ok } from 'node:assert/strict';
import { background, withCancel } from '@gosync/context';
import { Weighted } from '@gosync/semaphore';
import { isReactive, reactive, ref, watchEffect } from 'vue';

export const subject = {
  library: 'vue',
  title: 'reactive',
  checks: {
    'leaves a context alone': async () => {
      const [ctx, cancel] = withCancel(background());
      const state = reactive({ ctx, count: 0 });
      equal(state.ctx, ctx);
      equal(isReactive(state.ctx), false);
      const waiter = new Weighted(0).acquire(state.ctx);
      cancel();
      const error: unknown = await waiter.catch((reason: unknown) => reason);
      equal(error, ctx.err);
      ok(state.ctx.err);
    },
    'leaves a context in a ref alone': () => {
      const [ctx, cancel] = withCancel(background());
      const current = ref(ctx);
      equal(current.value, ctx);
      let runs = 0;
      watchEffect(() => {
        runs++;
        void current.value;
      });
      current.value = withCancel(ctx)[0];
      cancel();
      ok(current.value.err);
      ok(runs > 0);
    },
  },
};
