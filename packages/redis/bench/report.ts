import type { HandOffs } from './rows.ts';

export interface Line extends HandOffs {
  readonly name: string;
  /** In milliseconds. */
  readonly free: number;
  readonly wakeUp: number;
  /** Requests per second of a hundred waiters, in one client and in a hundred. */
  readonly idleInOne: number;
  readonly idleInMany: number;
  readonly inversions: number;
}

export interface Report {
  readonly machine: string;
  readonly server: string;
  readonly node: string;
  readonly command: string;
  /** The load of the machine when the run began. */
  readonly load: number;
  readonly bare: {
    /** In milliseconds, one call after another. */
    readonly p50: number;
    /** In milliseconds, after a rest as before each wake-up. */
    readonly rested: number;
    readonly perSecond: number;
  };
  readonly lines: readonly Line[];
  /** In microseconds. */
  readonly serverTime: number;
  /** In milliseconds. */
  readonly longest: number;
}

interface Target {
  readonly what: string;
  readonly target: string;
  readonly measured: number;
  readonly met: boolean;
}

function atMost(what: string, limit: number, measured: number): Target {
  const target = limit === 0 ? '0' : `≤ ${limit}`;
  return { what, target, measured, met: measured <= limit };
}

function atLeast(what: string, limit: number, measured: number): Target {
  return { what, target: `≥ ${limit}`, measured, met: measured >= limit };
}

/** What `@gosync/redis` aims at, as ratios within one run wherever the machine has a part in it. */
export function targets({ bare, lines, longest, serverTime }: Report): Target[] {
  const [own] = lines;
  if (own === undefined) throw new Error('bench: nothing was measured');
  return [
    atMost('free acquire, to a bare call', 2, own.free / bare.p50),
    atMost('wake-up, to a bare call', 6, own.wakeUp / bare.p50),
    atLeast('hand-offs/s, to bare calls/s', 0.25, own.perSecond / bare.perSecond),
    atLeast('fewest to most grants of a client', 0.95, own.fewest / own.most),
    atMost('requests/s of 100 waiters in one process', 1, own.idleInOne),
    atMost('requests/s of 100 waiters in as many', 40, own.idleInMany),
    atMost('inverted pairs', 0, own.inversions),
    atMost('server time per call, µs', 30, serverTime),
    atMost('longest call with 10 000 waiters, ms', 5, longest),
  ];
}

function figure(value: number): string {
  if (value >= 1_000) return Math.round(value).toLocaleString('en').replace(/,/g, ' ');
  return String(Number(value.toPrecision(2)));
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');
}

/** The figures as a page shows them. */
export function page(report: Report): string {
  const { bare, lines } = report;
  const line = (what: string, of: (line: Line) => string): string[] => [what, ...lines.map(of)];
  const beside = table(
    ['', ...lines.map(({ name }) => name)],
    [
      line('free acquire, µs', ({ free }) => figure(free * 1_000)),
      line('wake-up, ms', ({ wakeUp }) => figure(wakeUp)),
      line('grants/s, limit 1, 50 clients', ({ perSecond }) => figure(perSecond)),
      line('of them per client', ({ fewest, most }) => `${fewest}…${most}`),
      line('requests/s, 100 wait in one client', ({ idleInOne }) => figure(idleInOne)),
      line('requests/s, 100 wait in 100 clients', ({ idleInMany }) => figure(idleInMany)),
      line('inverted pairs of 780', ({ inversions }) => String(inversions)),
    ],
  );
  const aims = table(
    ['aim', 'at', 'measured', ''],
    targets(report).map(({ what, target, measured, met }) => [
      what,
      target,
      figure(measured),
      met ? 'met' : 'missed',
    ]),
  );
  return `A bare call of a script took ${figure(bare.p50 * 1_000)} µs, and ${figure(bare.rested * 1_000)} µs after a rest like those before each wake-up. ${report.machine}, ${report.server}, Node ${report.node}; \`${report.command}\`.\n\n${beside}\n\n${aims}`;
}

const begin = '<!-- figures: written by the benchmark of @gosync/redis -->';
const end = '<!-- end of the figures -->';

/** `text` with `figures` between its two marks. */
export function replace(text: string, figures: string): string {
  const [before, rest] = text.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) throw new Error('bench: the page has no marks');
  return `${before}${begin}\n\n${figures}\n\n${end}${after}`;
}
