/** What waits for a promise, and can leave. */
export interface Reaction<T> {
  resolve(value: T): void;
  reject(error: unknown): void;
}

/** All that waits for one promise: the promise itself has one reaction, for its callbacks can never be taken off. */
class Reactions {
  readonly all = new Set<Reaction<never>>();

  settle(tell: (reaction: Reaction<never>) => void): void {
    for (const reaction of this.all) tell(reaction);
    this.all.clear();
  }
}

const waits = new WeakMap<object, Reactions>();

/**
 * Calls `reaction` when `promise` settles; without one, only handles a rejection.
 *
 * @returns Takes the reaction off.
 */
export function react<T>(promise: PromiseLike<T>, reaction: Reaction<T> | undefined): () => void {
  // Callers without types pass anything.
  const key: object = Object(promise);
  let found = waits.get(key);
  if (!found) {
    const reactions = new Reactions();
    found = reactions;
    waits.set(key, reactions);
    const settle = (tell: (each: Reaction<T>) => void): void => {
      waits.delete(key);
      reactions.settle(tell);
    };
    void Promise.resolve(promise).then(
      (value) => settle((each) => each.resolve(value)),
      (error: unknown) => settle((each) => each.reject(error)),
    );
  }
  const { all } = found;
  if (reaction) all.add(reaction);
  return () => {
    /* v8 ignore next -- without a reaction there is nothing to take off, and nobody does */
    if (reaction) all.delete(reaction);
  };
}
