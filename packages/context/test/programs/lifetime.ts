import { EventEmitter, addAbortListener, once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import {
  type Context,
  afterFunc,
  background,
  cause,
  withCancel,
  withTimeout,
  withTimeoutCause,
  withValue,
} from '@gosync/context';

const soon = 20;
/** Far longer than anybody waits: a process that it holds is seen. */
const late = 3_600_000;

const report = (ctx: Context) => (): void => console.log(String(ctx.err));
const nothing = (): void => {};

const parts: Record<string, () => unknown> = {
  callback() {
    const [ctx] = withTimeout(background(), soon);
    afterFunc(ctx, report(ctx));
  },
  child() {
    const [parent] = withTimeout(background(), soon);
    const [child] = withCancel(withValue(parent, 'key', 1));
    process.on('exit', report(child));
  },
  listener() {
    const [ctx] = withTimeout(background(), soon);
    ctx.signal.addEventListener('abort', report(ctx));
  },
  async 'events.once()'() {
    const [ctx] = withTimeoutCause(background(), soon, 'too slow');
    const event = once(new EventEmitter(), 'never', ctx);
    await event.catch((error: Error) => console.log(error.name, error.cause));
  },
  async promise() {
    const [ctx] = withTimeout(background(), soon);
    console.log(String(await new Promise((resolve) => afterFunc(ctx, () => resolve(cause(ctx))))));
  },

  /** Everything that leaves nothing waiting, each with a deadline of its own. */
  async nothing() {
    const armed = (ms = late): Context => withTimeout(background(), ms)[0];
    armed();
    armed(2 ** 40);
    withValue(armed(), 'key', 1);

    const [canceled, cancel] = withTimeout(background(), late);
    canceled.signal.addEventListener('abort', nothing);
    afterFunc(canceled, nothing);
    withTimeout(canceled, late / 2);
    cancel();

    const stopped = armed();
    const stop = afterFunc(stopped, nothing);
    afterFunc(stopped, nothing)();
    withCancel(stopped)[1]();
    stop();

    const { signal } = armed();
    signal.addEventListener('abort', nothing);
    signal.removeEventListener('abort', nothing);
    addAbortListener(armed().signal, nothing)[Symbol.dispose]();

    const emitter = new EventEmitter();
    const event = once(emitter, 'event', armed());
    emitter.emit('event');
    await event;
    await delay(1, undefined, armed());

    afterFunc(background(), nothing);
    background().signal.addEventListener('abort', nothing);
    afterFunc(new AbortController().signal, nothing);
    console.log('nothing left to do');
  },
};

await parts[process.argv[2] ?? '']?.();
