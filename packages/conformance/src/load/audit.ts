/** The rules that a load is held to, all the time. */
export const rules = [
  'a semaphore never has more out than its size',
  'a semaphore has at least as much out as is held',
  'a group never runs more tasks than its limit',
  'a task of a group gets a live context of its own, or one that ended with the group’s',
  'wait settles when no task of the group is left',
  'wait settles as the first error says',
  'a group that has been waited for has a context that is done',
  'the cause of a group is its first error, unless its parent ended first',
  'one call at a time for a key, unless it was forgotten or abandoned',
  'a caller hears its own cause, an outcome of its key, or its error',
  'an abandoned call has nobody who waits',
  'a callback runs when its context is done, its signal too',
  'a callback runs once, and never after stop has returned true',
  'stop returns true if and only if the callback has not run',
  'what is derived from a context is done when a callback of it runs',
  'a call never runs more of its tasks than its limit',
  'a call of tasks settles when none of them runs',
  'a call of tasks rejects with the cause of its context, or with a failure',
  'a call of tasks has all results, in the order of the items',
  'an iteration comes to no key twice',
  'a map has what was stored last',
] as const;

/** What must hold when nothing is under way. */
export const endRules = [
  'a semaphore has all its units and nobody waits',
  'no key has a call under way',
  'no listener is left on a foreign signal',
] as const;

export type Rule = (typeof rules)[number] | (typeof endRules)[number];

/** Counts how often each rule was looked at, and keeps what broke one. */
export class Audit {
  readonly checks = new Map<Rule, number>();
  readonly violations: string[] = [];

  expect(rule: Rule, holds: boolean, ...figures: unknown[]): void {
    this.checks.set(rule, (this.checks.get(rule) ?? 0) + 1);
    // The first few say it all.
    if (!holds && this.violations.length < 20) {
      this.violations.push([rule, ...figures.map(String)].join(': '));
    }
  }
}
