import {
  background,
  cause,
  type Context,
  type ContextLike,
  withCancelCause,
} from '@gosync/context';
import { Group } from '@gosync/singleflight';
import { Deferred } from './upstream.ts';
import { follow, type Settlement } from '@gosync/testing/microtasks';

export type Key = string | number | undefined;

type Outcome = Settlement<unknown>;

/** What a naive singleflight knows of a call: who waits, and whether newcomers find it. */
interface ModelCall {
  readonly key: Key;
  readonly waiting: Set<number>;
  ended: boolean;
  /** What the context of f must say; absent when there is none. */
  cause: unknown;
}

/** Does what the documentation says, with sets and without promises. */
class Model {
  readonly calls: ModelCall[] = [];
  readonly heard: Outcome[] = [];
  readonly #current = new Map<Key, ModelCall>();

  /** Returns whether this caller began a call. */
  enter(key: Key): boolean {
    const caller = this.heard.push({ status: 'pending' }) - 1;
    let call = this.#current.get(key);
    const begins = call === undefined;
    if (call === undefined) {
      call = { key, waiting: new Set(), ended: false, cause: undefined };
      this.calls.push(call);
      this.#current.set(key, call);
    }
    call.waiting.add(caller);
    return begins;
  }

  refuse(reason: string): void {
    this.heard.push({ status: 'rejected', reason });
  }

  leave(caller: number, reason: string): void {
    const call = this.calls.find(({ waiting }) => waiting.has(caller));
    if (call === undefined) return;
    call.waiting.delete(caller);
    this.heard[caller] = { status: 'rejected', reason };
    if (call.waiting.size > 0) return;
    call.cause = reason;
    this.#free(call);
  }

  end(call: ModelCall, tell: (shared: boolean) => Outcome): void {
    if (call.ended) return;
    call.ended = true;
    this.#free(call);
    for (const caller of call.waiting) this.heard[caller] = tell(call.waiting.size > 1);
    call.waiting.clear();
  }

  forget(key: Key): void {
    this.#current.delete(key);
  }

  #free(call: ModelCall): void {
    if (this.#current.get(call.key) === call) this.#current.delete(call.key);
  }
}

type Cancel = (reason: unknown) => void;

function foreign(): readonly [AbortSignal, Cancel] {
  const controller = new AbortController();
  return [controller.signal, (reason) => controller.abort(reason)];
}

/** What callers come with: contexts of ours, and what others make. */
const contexts = {
  own: () => withCancelCause(background()),
  signal: foreign,
  'frozen options': () => {
    const [signal, cancel] = foreign();
    return [Object.freeze({ signal }), cancel];
  },
  /** A decorator, as for tracing: it answers through the context that it wraps. */
  wrapper: () => {
    const [ctx, cancel] = withCancelCause(background());
    const wrapper = {
      get signal() {
        return ctx.signal;
      },
      get err() {
        return ctx.err;
      },
      get deadline() {
        return ctx.deadline;
      },
      value: () => undefined,
    };
    return [Object.freeze(wrapper), cancel];
  },
  /** A signal that knows as little as a polyfill's. */
  'half a signal': () => {
    const [signal, cancel] = foreign();
    const half = {
      get aborted() {
        return signal.aborted;
      },
      get reason(): unknown {
        return signal.reason;
      },
      addEventListener: (type: string, listener: () => void) =>
        signal.addEventListener(type, () => listener()),
    };
    return [Object.create(half), cancel];
  },
} satisfies Record<string, () => readonly [ContextLike, Cancel]>;

export type Kind = keyof typeof contexts;
export const kinds = Object.keys(contexts) as Kind[];

/** Does to a real group what it does to a model. */
export class Pair {
  readonly model = new Model();
  readonly group = new Group<string, Key>();
  readonly heard: Outcome[] = [];
  readonly calls: { readonly end: Deferred<string>; readonly ctx: Context | undefined }[] = [];
  readonly #leave = new Map<number, (reason: string) => void>();
  /** Calls whose function returned or threw at once, in this turn: how they end when the turn is over. */
  readonly #atOnce = new Map<number, boolean>();

  readonly #f = (ctx?: Context): Promise<string> => {
    const end = new Deferred<string>();
    this.calls.push({ end, ctx });
    return end.promise;
  };

  do(key: Key): void {
    this.model.enter(key);
    this.heard.push(follow(this.group.do(key, this.#f)));
  }

  doChan(key: Key): void {
    this.model.enter(key);
    const tuple = this.group.doChan(key, this.#f).then((result) => {
      if (!result.ok) throw result.err;
      return [result.val, result.shared];
    });
    this.heard.push(follow(tuple));
  }

  /** With a function that returns, or throws, without waiting for anything. */
  doAtOnce(key: Key, fails: boolean): void {
    const i = this.calls.length;
    if (this.model.enter(key)) this.#atOnce.set(i, fails);
    const f = (): string => {
      this.calls.push({ end: new Deferred<string>(), ctx: undefined });
      if (fails) throw `error ${i}`;
      return `value ${i}`;
    };
    this.heard.push(follow(this.group.do(key, f)));
  }

  /** The turn is over: so are the calls that ended at once. */
  turn(): void {
    for (const [i, fails] of this.#atOnce) this.#tell(i, fails);
    this.#atOnce.clear();
  }

  doContext(key: Key, kind: Kind): void {
    const [ctx, cancel] = contexts[kind]();
    this.#leave.set(this.heard.length, cancel);
    this.model.enter(key);
    this.heard.push(follow(this.group.doContext(ctx, key, this.#f)));
  }

  doDone(key: Key): void {
    const reason = `done ${this.heard.length}`;
    this.model.refuse(reason);
    this.heard.push(follow(this.group.doContext(AbortSignal.abort(reason), key, this.#f)));
  }

  leave(n: number): void {
    const leavers = [...this.#leave];
    const leaver = leavers[n % leavers.length];
    if (leaver === undefined) return;
    const reason = `left ${leaver[0]}`;
    leaver[1](reason);
    this.model.leave(leaver[0], reason);
  }

  end(n: number, fails: boolean): void {
    const i = n % this.calls.length;
    const [call, model] = [this.calls[i], this.model.calls[i]];
    if (call === undefined || model === undefined || model.ended || this.#atOnce.has(i)) return;
    if (fails) call.end.reject(`error ${i}`);
    else call.end.resolve(`value ${i}`);
    this.#tell(i, fails);
  }

  #tell(i: number, fails: boolean): void {
    const call = this.model.calls[i];
    if (call === undefined) return;
    this.model.end(call, (shared) =>
      fails
        ? { status: 'rejected', reason: `error ${i}` }
        : { status: 'fulfilled', value: [`value ${i}`, shared] },
    );
  }

  forget(key: Key): void {
    this.group.forget(key);
    this.model.forget(key);
  }

  /** All that can be seen of the group from outside. */
  seen(): unknown {
    return { heard: this.heard, causes: this.calls.map(({ ctx }) => ctx && cause(ctx)) };
  }

  /** What the model says should be seen. */
  expected(): unknown {
    // A call that do began has no context, and as its caller stays, the model never gives it a cause.
    return { heard: this.model.heard, causes: this.model.calls.map((call) => call.cause) };
  }
}
