/** How many microtasks after an event others act: more than any promise chain of the packages is long. */
export const depths: readonly number[] = Array.from({ length: 21 }, (_, depth) => depth);

/** Calls `f` after `depth` microtasks; at once for 0. */
export async function after(depth: number, f: () => unknown): Promise<void> {
  for (let i = 0; i < depth; i++) await Promise.resolve();
  f();
}

/** Resolves when nothing is ready to run any more. */
export function rest(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/** A task that runs until it is told to end. */
export class Task {
  readonly done: Promise<void>;
  end: () => void = () => undefined;

  constructor() {
    this.done = new Promise((resolve) => {
      this.end = resolve;
    });
  }
}
