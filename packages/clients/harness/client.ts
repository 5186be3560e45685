import { equal } from 'node:assert/strict';
import { background, withCancel } from '@gosync/context';
import type { Case, Check, Limits, Scope } from './case.ts';
import { names } from './names.ts';
import { canceled, caused, done, grouped, passed, platform } from './rejection.ts';

/** What a call is handed: a context, or for comparison an `AbortController`. */
export interface Signaled {
  readonly signal: AbortSignal;
}

/** A library that is ready to be called, and the other side that it talks to. */
export interface Opened {
  /** A call that is answered at once. */
  answered(ctx: Signaled): PromiseLike<unknown>;
  /** A call that is never answered. */
  silent(ctx: Signaled): PromiseLike<unknown>;
  /** Resolves once `n` silent calls are under way on the other side. Without it, they are as soon as they are made. */
  arrived?(n: number): Promise<unknown>;
  /** Resolves once the other side works on no silent call any more. */
  idle?(): Promise<unknown>;
  close?(): unknown;
}

/** How silent calls end, in the words of `describe()`. */
export interface Rejections {
  readonly canceled: string;
  /** With a cause given to the cancel function; as `canceled` unless told. */
  readonly caused?: string;
  /** Done before the call; as `canceled` unless told. */
  readonly done?: string;
  /** As `canceled` unless told. */
  readonly deadline?: string;
  /** With an `AbortController` of the platform; as `canceled` unless told. */
  readonly platform?: string;
}

export interface Client {
  readonly library: string;
  readonly title?: string;
  readonly rejects: Rejections;
  readonly warnings?: readonly RegExp[];
  readonly limits?: Limits;
  /**
   * How many listeners a call that was answered leaves on a live signal, whosever it is; none unless told.
   * Node's `fetch` takes its own off when the garbage of the call is collected.
   */
  readonly leaves?: number;
  open(): Opened | Promise<Opened>;
}

const ways = { canceled, caused, done, deadline: passed, grouped, platform };

/** The case of a library whose calls can be stopped. */
export function client({ rejects, leaves = 0, open, ...rest }: Client): Case {
  let opening: Promise<Opened> | undefined;
  const opened = (): Promise<Opened> => (opening ??= (async () => open())());
  const stopped =
    (way: keyof typeof ways): Check =>
    async (scope) => {
      const outcome = await ways[way](await opened(), scope);
      const expected = way === 'grouped' ? rejects.canceled : (rejects[way] ?? rejects.canceled);
      equal(outcome, expected);
      return outcome;
    };
  const answered = async (ctx: Signaled, scope: Scope): Promise<void> => {
    const { answered: call } = await opened();
    scope.watch(ctx.signal, leaves);
    await call(ctx);
    equal(ctx.signal.aborted, false);
  };
  return {
    ...rest,
    open: opened,
    checks: {
      [names.answered]: (scope) => answered(withCancel(background())[0], scope),
      [names.canceled]: stopped('canceled'),
      [names.caused]: stopped('caused'),
      [names.done]: stopped('done'),
      [names.deadline]: stopped('deadline'),
      [names.grouped]: stopped('grouped'),
      [names.platform]: stopped('platform'),
      [names.control]: (scope) => answered(new AbortController(), scope),
    },
    close: async () => (await opened()).close?.(),
  };
}
