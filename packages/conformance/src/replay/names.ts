import { inspect } from 'node:util';
import { CanceledError, DeadlineExceededError } from '@gosync/context';

/** The errors of a script, by the names that its vector gives them. */
export class Names {
  readonly #errors = new Map<string, Error>();

  /** The one error called `name`; none without a name. */
  error(name: string | null | undefined): Error | undefined {
    if (name === null || name === undefined) return undefined;
    let error = this.#errors.get(name);
    if (!error) this.#errors.set(name, (error = new Error(name)));
    return error;
  }

  /** What a vector calls `error`. A copy of a named error is unknown: errors keep their identity. */
  of(error: unknown): string | null {
    if (error === undefined) return null;
    if (error instanceof CanceledError) return 'canceled';
    if (error instanceof DeadlineExceededError) return 'deadline';
    if (error instanceof Error && this.#errors.get(error.message) === error) return error.message;
    return `unknown: ${inspect(error)}`;
  }
}
