import { afterFunc, background, cause, type Context, withCancel } from '@gosync/context';
import { type Codec, type Session, SharedGroup } from '@gosync/redis';
import { current } from './observe.ts';
import { now, type Report, type Start } from './order.ts';
import { refusal, textOf } from './refusal.ts';

/** Shows who has encoded and who has decoded. */
const marks: Codec<string> = {
  encode: (value) => `encoded ${value}`,
  decode: (text) => `decoded ${text}`,
};

/** What the function of a call returns or throws. */
interface Answer {
  readonly value: Promise<string>;
  resolve(value: string): void;
  reject(error: unknown): void;
}

function newAnswer(): Answer {
  let [resolve, reject]: [Answer['resolve'], Answer['reject']] = [() => {}, () => {}];
  const value = new Promise<string>((resolve_, reject_) => {
    [resolve, reject] = [resolve_, reject_];
  });
  // It may be there before the function is called.
  value.catch(() => undefined);
  return { value, resolve: (text) => resolve(text), reject: (error) => reject(error) };
}

/** The calls of one program through its group, and what is reported of them. */
export class Flights {
  readonly #group: SharedGroup<string>;
  readonly #report: (report: Report) => void;
  readonly #cancels = new Map<string, () => void>();
  readonly #answers = new Map<string, Answer>();

  constructor(session: Session, start: Start, report: (report: Report) => void) {
    const { marks: isMarked = false, ...options } = start.group ?? {};
    this.#group = new SharedGroup(session, start.semaphore, {
      ...options,
      ...(isMarked ? { codec: marks } : {}),
    });
    this.#report = report;
  }

  /** Never rejects. */
  async fly(request: string, key: string): Promise<void> {
    const [ctx, cancel] = withCancel(background());
    this.#cancels.set(request, cancel);
    try {
      const [value, shared] = await current.run(request, () =>
        this.#group.doContext(ctx, key, (own, fence) => this.#call(request, own, fence)),
      );
      this.#report({ kind: 'outcome', at: now(), request, value, shared });
    } catch (error) {
      this.#report(refusal(request, error));
    } finally {
      this.#cancels.delete(request);
    }
  }

  answer(request: string, value: string): void {
    this.#answerOf(request).resolve(value);
  }

  fail(request: string, message: string, code: string): void {
    this.#answerOf(request).reject(Object.assign(new RangeError(message), { code }));
  }

  /** The caller leaves. */
  cancel(request: string): void {
    this.#cancels.get(request)?.();
  }

  async forget(request: string, key: string): Promise<void> {
    await this.#group.forget(key);
    this.#report({ kind: 'forgotten', at: now(), request });
  }

  #call(request: string, ctx: Context, fence: number): Promise<string> {
    this.#report({ kind: 'called', at: now(), request, fence });
    // It goes on all the same: the worst that a function can do.
    afterFunc(ctx, () => {
      this.#report({ kind: 'ended', at: now(), request, cause: textOf(cause(ctx)) });
    });
    return this.#answerOf(request).value;
  }

  #answerOf(request: string): Answer {
    const found = this.#answers.get(request) ?? newAnswer();
    this.#answers.set(request, found);
    return found;
  }
}
