import type { Demo } from './demo.ts';

interface DemoMatchers {
  /** Waits until its sentence about its state has `text` in it. */
  toSay(text: string): Promise<void>;
  /** Waits until the row `name` says `note`. */
  toHaveRow(name: string, note: string): Promise<void>;
  /** Waits until what `selector` finds has `text` in it. */
  toShow(selector: string, text: string): Promise<void>;
}
declare module 'vitest' {
  // oxlint-disable-next-line typescript/no-empty-object-type, no-unused-vars -- that is how it is extended
  interface Matchers<T> extends DemoMatchers {}
}

interface Result {
  readonly pass: boolean;
  readonly message: () => string;
}

async function holds(waiting: Promise<void>): Promise<Result> {
  try {
    await waiting;
    return { pass: true, message: () => 'it does' };
  } catch (error) {
    return { pass: false, message: () => String(error) };
  }
}

/** What a demonstration is expected to show. */
export const matchers = {
  toSay: (demo: Demo, text: string) => holds(demo.shows('.summary', text)),
  toHaveRow: (demo: Demo, name: string, note: string) =>
    holds(demo.shows(`[data-row="${name}"] .note`, note)),
  toShow: (demo: Demo, selector: string, text: string) => holds(demo.shows(selector, text)),
};
