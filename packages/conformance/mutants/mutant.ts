/** A rule of a package, and how to break it. */
export interface Mutant {
  /** What is the case once it is broken. */
  readonly breach: string;
  /** Below packages/. */
  readonly file: string;
  /** Pieces of the source that each occur once, and what they become. */
  readonly edits: readonly (readonly [from: string, to: string])[];
}

/** The source with the rule broken. Throws when the source is no longer what the mutant was written for. */
export function mutate({ breach, file, edits }: Mutant, source: string): string {
  let mutated = source;
  for (const [from, to] of edits) {
    const parts = mutated.split(from);
    if (parts.length !== 2) {
      throw new Error(`${file}: found ${parts.length - 1} times: ${from}\nSay anew how: ${breach}`);
    }
    mutated = parts.join(to);
  }
  return mutated;
}
