import { format, inspect, isDeepStrictEqual } from 'node:util';

/** Where a running fence reports to. */
export class Recorder {
  /** What the fence uses as its `console`. */
  readonly console: Console;
  /** The lines whose expectation was looked at. */
  readonly seen = new Set<number>();
  readonly problems: { readonly line: number; readonly text: string }[] = [];
  /** What has been printed since the last expectation about it. */
  private printed = '';
  private compares = false;

  constructor() {
    this.console = Object.assign(Object.create(console), {
      log: (...values: unknown[]) => {
        this.printed += `${format(...values)}\n`;
      },
    });
  }

  /** Compares in depth. Recorded, not thrown: the fence might catch it. */
  value(line: number, actual: unknown, expected: readonly unknown[]): void {
    this.seen.add(line);
    if (isThenable(actual)) {
      this.problems.push({ line, text: 'a promise, which is equal to any other: await it' });
    } else if (!isDeepStrictEqual([actual], expected)) {
      const [wanted] = expected.length === 1 ? expected : [expected];
      this.problems.push({ line, text: `expected ${inspect(wanted)}, got ${inspect(actual)}` });
    }
  }

  output(line: number, expected: string): void {
    this.seen.add(line);
    const [wanted, actual] = [lines(expected), lines(this.printed)];
    this.printed = '';
    this.compares = true;
    if (wanted !== actual) {
      const text = `expected the output ${inspect(wanted)}, got ${inspect(actual)}`;
      this.problems.push({ line, text });
    }
  }

  /** What was printed after the last expectation about it; nothing if there is none at all. */
  get rest(): string {
    return this.compares ? lines(this.printed) : '';
  }
}

function isThenable(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    'then' in value &&
    typeof value.then === 'function'
  );
}

/** As Go does: space around the lines does not count. */
function lines(text: string): string {
  return text.replaceAll(/[ \t]+$/gm, '').replaceAll(/^\n+|\n+$/g, '');
}

const recorders = new Map<string, Recorder>();

/** The recorder of the fence that runs as the module `id`: always the same. */
export function recorder(id: string): Recorder {
  const found = recorders.get(id) ?? new Recorder();
  recorders.set(id, found);
  return found;
}
