import type { ContextError, End } from './cancellation.ts';
import type { Context } from './context.ts';
import { reportUncaught } from './microtask.ts';

/** The end of a foreign context, which may have an error of its own. */
export class ForeignEnd implements End {
  readonly #context: Context;
  readonly #end: End;
  /** Absent until somebody looks. */
  #error: ContextError | undefined;

  /** The end of `context` whose signal has come to `end`, which may be known as the context's already. */
  static of(context: Context, end: End): End {
    return end instanceof ForeignEnd && end.#context === context
      ? end
      : new ForeignEnd(context, end);
  }

  private constructor(context: Context, end: End) {
    this.#context = context;
    this.#end = end;
  }

  get err(): ContextError {
    if (this.#error === undefined) {
      // First the error of the signal: it is what the context hears if it asks us in the middle of its own answer.
      this.#error = this.#end.err;
      this.#error = errorOf(this.#context) ?? this.#error;
    }
    return this.#error;
  }

  get reason(): unknown {
    return this.#end.reason;
  }
}

function errorOf(context: Context): ContextError | undefined {
  try {
    // Not `null`, which a context of another make may say.
    return context.err ?? undefined;
  } catch (error) {
    reportUncaught(error);
    return undefined;
  }
}
