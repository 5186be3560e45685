import { getEventListeners } from 'node:events';
import {
  background,
  type Context,
  type ContextLike,
  createKey,
  withCancelCause,
  withoutCancel,
  withTimeout,
  withValue,
} from '@gosync/context';
import { Audit } from './audit.ts';
import { Cache } from './cache.ts';
import { FanOut } from './fan-out.ts';
import { Loader } from './loader.ts';
import type { Plan } from './plan.ts';
import { Request, type Services } from './request.ts';
import { Units } from './units.ts';

const planKey = createKey<Plan>('plan');
const canceled = new Error('the request was canceled');
const over = new Error('the request is over');

/** A server that does everything at once with the five ports of Go and with tasks, and looks whether their rules hold. */
export class Load {
  readonly audit = new Audit();
  readonly #services: Services;
  // What a server has for as long as it lives.
  readonly #root: Context = withCancelCause(background())[0];
  readonly #shutdown: AbortSignal = new AbortController().signal;

  /** @param pause - Lets others run. */
  constructor(pause: () => Promise<void>) {
    const { audit } = this;
    this.#services = {
      audit,
      units: new Units(audit),
      loader: new Loader(audit, pause),
      cache: new Cache(audit, pause),
      fanOut: new FanOut(audit, pause),
      pause,
    };
  }

  /** Serves one request. Resolves when nothing of it is left. */
  async serve(plan: Plan): Promise<void> {
    const [timed, cancelTimer] =
      plan.parent === 'timeout' ? withTimeout(this.#shutdown, plan.ms) : [this.#parent(plan)];
    const [ctx, cancel] = withCancelCause(timed);
    const request = new Request(this.#services, plan, ctx).serve();
    if (plan.cancelAfter !== undefined) {
      for (let i = 0; i < plan.cancelAfter; i++) await this.#services.pause();
      cancel(canceled);
    }
    await request;
    cancel(over);
    cancelTimer?.();
  }

  /** Looks at what must hold when all requests have been served. */
  async finish(): Promise<void> {
    const { audit, units, loader } = this.#services;
    units.finish();
    await loader.finish();
    const { length } = getEventListeners(this.#shutdown, 'abort');
    audit.expect('no listener is left on a foreign signal', length === 0, length);
  }

  #parent(plan: Plan): ContextLike {
    switch (plan.parent) {
      case 'signal':
        return this.#shutdown;
      case 'value':
        return withValue(this.#root, planKey, plan);
      case 'detached':
        return withoutCancel(this.#root);
      default:
        return this.#root;
    }
  }
}
