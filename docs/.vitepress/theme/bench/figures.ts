import type { Report } from '../../../../packages/bench/src/report.mjs';
import type { Line } from '../../../../packages/bench/src/verdict.mjs';

/** What the page shows of one version of Node on one machine: every workload beside what it is compared with. */
export interface Run {
  readonly about: Omit<Report, 'rows' | 'runs'>;
  readonly name: string;
  readonly lines: readonly Line[];
}

function place({ node }: { readonly node: string }): number {
  const major = Number(/\d+/.exec(node)?.[0] ?? 0);
  return major === 24 ? 0 : major === 26 ? 1 : 100 - major;
}

/** What most people run, first: Node 24, Node 26, then the others from new to old. */
export function byInterest(a: { readonly node: string }, b: { readonly node: string }): number {
  return place(a) - place(b);
}

/** With three significant digits, but at least all before the point. */
export function figure(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString('en', {
    maximumFractionDigits: digits,
    minimumFractionDigits: digits,
  });
}

/** A figure in two digits, as one says it: 3.4, 41. */
export function roughly(value: number): string {
  return Number(value.toPrecision(2)).toLocaleString('en');
}

export interface Bar {
  readonly kind: 'ours' | 'peer' | 'go' | 'floor';
  readonly name: string;
  readonly value: number;
  /** Its length, as a share of the longest of the workload. */
  readonly share: number;
}

/** Ours and what it is compared with, as bars of one scale. */
export function bars(line: Line): Bar[] {
  const all = [
    { kind: 'ours', name: 'gosync', value: line.ours },
    { kind: 'peer', name: line.peer?.name ?? '', value: line.peer?.value },
    { kind: 'go', name: 'Go', value: line.go },
    { kind: 'floor', name: 'platform alone', value: line.floor },
  ] as const;
  const known = all.flatMap(({ kind, name, value }) =>
    value === undefined || !(value > 0) ? [] : [{ kind, name, value }],
  );
  const most = Math.max(...known.map(({ value }) => value));
  return known.map(({ kind, name, value }) => ({ kind, name, value, share: value / most }));
}

/** What people use for the same work: a workload, the package, and what it is called for. */
const known = [
  ['group-limit-awaited', 'p-map', 'a list of tasks with a limit'],
  ['group-limit-queued', 'p-limit', 'a queue of tasks with a limit'],
  ['group-limit-queued', 'p-queue', 'a queue of tasks with a limit'],
  ['acquire-free', 'async-mutex', 'a free place of a semaphore'],
  ['context-cancel', 'AbortSignal.any', 'a signal derived from another'],
  ['singleflight-alone', 'p-memoize', 'a shared call'],
] as const;

/** How many times as long as ours each of them takes. */
export function instead(
  lines: readonly Line[],
): { readonly name: string; readonly task: string; readonly times: number }[] {
  return known.flatMap(([id, name, task]) => {
    const line = lines.find((each) => each.id === id);
    const [, theirs] =
      Object.entries(line?.figures ?? {}).find(([other]) => other.startsWith(name)) ?? [];
    return line && theirs ? [{ name, task, times: theirs.min / line.ours }] : [];
  });
}

/** How the time per item grows from the smallest size of a row to its largest. */
export function growth(
  lines: readonly Line[],
  id: string,
): { readonly from: number; readonly to: number; readonly times: number } | undefined {
  const sizes = lines.filter((line) => line.id === id).sort((a, b) => a.n - b.n);
  const [first, last] = [sizes[0], sizes.at(-1)];
  if (!first || !last || first === last) return undefined;
  return { from: first.n, to: last.n, times: last.ours / first.ours };
}
