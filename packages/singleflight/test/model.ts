import { background, cause, type Context, withCancelCause } from '@gosync/context';
import { Group } from '@gosync/singleflight';
import { Deferred } from './upstream.ts';
import { watch, type Watched } from './watch.ts';

export type Key = string | number | undefined;

type Outcome = Watched<unknown>;

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

  enter(key: Key): void {
    const caller = this.heard.push({ status: 'pending' }) - 1;
    let call = this.#current.get(key);
    if (call === undefined) {
      call = { key, waiting: new Set(), ended: false, cause: undefined };
      this.calls.push(call);
      this.#current.set(key, call);
    }
    call.waiting.add(caller);
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

/** Does to a real group what it does to a model. */
export class Pair {
  readonly model = new Model();
  readonly group = new Group<string, Key>();
  readonly heard: Outcome[] = [];
  readonly calls: { readonly end: Deferred<string>; readonly ctx: Context | undefined }[] = [];
  readonly #leave = new Map<number, (reason: string) => void>();

  readonly #f = (ctx?: Context): Promise<string> => {
    const end = new Deferred<string>();
    this.calls.push({ end, ctx });
    return end.promise;
  };

  do(key: Key): void {
    this.model.enter(key);
    this.heard.push(watch(this.group.do(key, this.#f)));
  }

  doChan(key: Key): void {
    this.model.enter(key);
    const tuple = this.group.doChan(key, this.#f).then((result) => {
      if (!result.ok) throw result.err;
      return [result.val, result.shared];
    });
    this.heard.push(watch(tuple));
  }

  doContext(key: Key): void {
    const [ctx, cancel] = withCancelCause(background());
    this.#leave.set(this.heard.length, cancel);
    this.model.enter(key);
    this.heard.push(watch(this.group.doContext(ctx, key, this.#f)));
  }

  doDone(key: Key): void {
    const reason = `done ${this.heard.length}`;
    this.model.refuse(reason);
    this.heard.push(watch(this.group.doContext(AbortSignal.abort(reason), key, this.#f)));
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
    if (call === undefined || model === undefined) return;
    if (fails) call.end.reject(`error ${i}`);
    else call.end.resolve(`value ${i}`);
    this.model.end(model, (shared) =>
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
