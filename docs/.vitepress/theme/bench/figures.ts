import type { Subject } from '../../../../packages/bench/src/report.mjs';
import type { Result } from '../../../../packages/bench/src/run.mjs';
import type { Line } from '../../../../packages/bench/src/verdict.mjs';

interface About {
  readonly command: string;
  readonly commit: string;
  readonly date: string;
  readonly machine: {
    readonly cpu: string;
    readonly cores: number;
    readonly memory: string;
    readonly os: string;
  };
  /** Its version; null where there was none. */
  readonly go: string | null;
  readonly packages: Readonly<Record<string, string>>;
}

/** What `pnpm bench --json` writes. */
export interface Report extends About {
  readonly rows: readonly Subject[];
  readonly runs: readonly { readonly node: string; readonly results: readonly Result[] }[];
}

/** What the page shows: for each version of Node every workload beside what it is compared with. */
export interface Figures extends About {
  readonly runs: readonly { readonly node: string; readonly lines: readonly Line[] }[];
}

/** With three significant digits, but at least all before the point. */
export function figure(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString('en', {
    maximumFractionDigits: digits,
    minimumFractionDigits: digits,
  });
}

/** What ours is compared with in one line, as ours divided by it: less than 1 is faster. */
export function ratios(
  line: Line,
): { readonly than: 'floor' | 'peer' | 'go'; readonly ratio: number }[] {
  const others = { floor: line.floor, peer: line.peer?.value, go: line.go };
  return (['floor', 'peer', 'go'] as const).flatMap((than) => {
    const other = others[than];
    return other === undefined || other <= 0 || line.ours <= 0
      ? []
      : [{ than, ratio: line.ours / other }];
  });
}

/** Where `ratio` is on the axis of the chart: 0 is the smallest that is shown, 1 the largest. */
export function position(ratio: number): number {
  const [smallest, largest] = [-3, 1];
  const exponent = Math.min(Math.max(Math.log10(ratio), smallest), largest);
  return (exponent - smallest) / (largest - smallest);
}
