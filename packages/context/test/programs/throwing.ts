import { afterFunc, background, withCancel, withTimeout } from '@gosync/context';

/** Reports what would end the process, and goes on. */
function record(): void {
  process.on('uncaughtException', (error: unknown) => console.log('uncaught', String(error)));
}

function fail(text: string): () => never {
  return () => {
    throw new Error(text);
  };
}

const log = (text: string) => (): void => console.log(text);

const parts: Record<string, () => unknown> = {
  callbacks() {
    record();
    const [ctx, cancel] = withCancel(background());
    const [child] = withCancel(ctx);
    afterFunc(ctx, fail('first'));
    afterFunc(ctx, log('second'));
    ctx.signal.addEventListener('abort', fail('listener'));
    ctx.signal.addEventListener('abort', log('second listener'));
    afterFunc(child, fail('child'));
    afterFunc(child, log('child'));
    cancel();
    console.log('cancel returned', String(child.err));
  },
  deadline() {
    record();
    const [ctx] = withTimeout(background(), 1);
    afterFunc(ctx, fail('first'));
    afterFunc(ctx, log('second'));
  },
  'foreign signal'() {
    record();
    const controller = new AbortController();
    afterFunc(controller.signal, fail('first'));
    afterFunc(controller.signal, log('second'));
    controller.abort();
    console.log('abort returned');
  },
  async done() {
    record();
    afterFunc(AbortSignal.abort(), fail('first'));
    afterFunc(AbortSignal.abort(), log('second'));
    console.log('registered');
  },
  nobody() {
    const [ctx, cancel] = withCancel(background());
    afterFunc(ctx, fail('nobody listens'));
    cancel();
    console.log('cancel returned');
    setTimeout(log('never reached'), 0);
  },
  'any value'() {
    record();
    const [ctx, cancel] = withCancel(background());
    afterFunc(ctx, () => {
      throw undefined;
    });
    cancel();
    console.log('cancel returned');
  },
};

parts[process.argv[2] ?? '']?.();
