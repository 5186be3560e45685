/** Lets everything run that is ready to, and what that makes ready in its turn. No time passes. */
export async function drain(turns: number = 50): Promise<void> {
  for (let i = 0; i < turns; i++) await Promise.resolve();
}

/** What has become of a promise so far. Looking at it never waits, and its rejection is handled. */
export interface Outcome {
  state: 'pending' | 'fulfilled' | 'rejected';
  /** The value or the reason. */
  result: unknown;
}

export function watch(promise: PromiseLike<unknown>): Outcome {
  const outcome: Outcome = { state: 'pending', result: undefined };
  promise.then(
    (value) => Object.assign(outcome, { state: 'fulfilled', result: value }),
    (reason) => Object.assign(outcome, { state: 'rejected', result: reason }),
  );
  return outcome;
}

/** A promise that the test settles. */
export class Deferred<T = void> {
  readonly promise: Promise<T>;
  declare readonly resolve: (value: T) => void;
  declare readonly reject: (reason: unknown) => void;

  constructor() {
    this.promise = new Promise<T>((resolve, reject) => Object.assign(this, { resolve, reject }));
  }
}

/** What has become of a promise so far, as `Promise.allSettled` writes it. */
export type Settlement<T> = { readonly status: 'pending' } | PromiseSettledResult<T>;

/** {@link watch}, for tests that compare with what a promise settles with. */
export function follow<T>(promise: Promise<T>): Settlement<T> {
  const settlement: Settlement<T> = { status: 'pending' };
  promise.then(
    (value) => Object.assign(settlement, { status: 'fulfilled', value }),
    (reason: unknown) => Object.assign(settlement, { status: 'rejected', reason }),
  );
  return settlement;
}
