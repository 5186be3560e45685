/** What is known of a promise. */
export type Watched<T> = { readonly status: 'pending' } | PromiseSettledResult<T>;

/** Follows `promise`, which then counts as handled. */
export function watch<T>(promise: Promise<T>): Watched<T> {
  const watched: Watched<T> = { status: 'pending' };
  promise.then(
    (value) => Object.assign(watched, { status: 'fulfilled', value }),
    (reason: unknown) => Object.assign(watched, { status: 'rejected', reason }),
  );
  return watched;
}

/** Lets all that is ready run: more turns of the microtask queue than any chain of promises here is long. */
export async function drain(): Promise<void> {
  for (let i = 0; i < 50; i++) await Promise.resolve();
}
