import { packages, probes, vectors } from './files.ts';
import { limits } from './limits.ts';
import type { TestResult } from './neutral/run.ts';

export interface Count {
  readonly passed: number;
  readonly failed: number;
  /** Failed for want of something in the platform. */
  readonly excused: number;
}

/** What came of one runtime, as it is kept. */
export interface Row {
  readonly runtime: string;
  readonly version: string;
  readonly seconds: number;
  /** By column; a column without tests on this runtime is left out. */
  readonly counts: Readonly<Record<string, Count>>;
  /** Whether the platform itself does what each probe asks. */
  readonly platform: Readonly<Record<string, boolean>>;
}

export const columns = [...packages, 'vectors'] as const;

/** Absent for the tests of the docs and of the tools, which have to pass but say nothing about the packages. */
function columnOf(file: string): string | undefined {
  if (file === vectors) return 'vectors';
  const [, name] = /^packages\/(\w+)\//.exec(file) ?? [];
  return packages.find((each) => each === name);
}

const suite = 'the platform > ';

/** Counts results, and tells which failures nothing excuses. */
export function count(results: readonly TestResult[]): {
  readonly counts: Readonly<Record<string, Count>>;
  readonly platform: Readonly<Record<string, boolean>>;
  readonly failures: readonly TestResult[];
} {
  const platform = Object.fromEntries(
    results
      .filter(({ file }) => file === probes)
      .map(({ name, passed }) => [name.replace(suite, ''), passed]),
  );
  const excused = new Set(
    limits.filter(({ probe }) => platform[probe] === false).map(({ test }) => test),
  );
  const counts: Record<string, Count> = {};
  const failures: TestResult[] = [];
  for (const result of results.filter(({ file }) => file !== probes)) {
    const column = columnOf(result.file);
    const kind = result.passed ? 'passed' : excused.has(result.name) ? 'excused' : 'failed';
    if (kind === 'failed') failures.push(result);
    if (column === undefined) continue;
    const old = counts[column] ?? { passed: 0, failed: 0, excused: 0 };
    counts[column] = { ...old, [kind]: old[kind] + 1 };
  }
  return { counts, platform, failures };
}

function cell(found: Count | undefined): string {
  if (!found) return '–';
  const { passed, failed, excused } = found;
  const notes = [failed > 0 ? `${failed} failed` : '', excused > 0 ? `${excused} excused` : ''];
  return [String(passed), ...notes.filter(Boolean)].join(', ');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((_, index) =>
    Math.max(...[head, ...rows].map((row) => row[index]?.length ?? 0)),
  );
  const line = (row: readonly string[]): string =>
    `| ${row.map((text, index) => text.padEnd(widths[index] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

/** How many tests passed where. */
export function resultsTable(rows: readonly Row[]): string {
  return table(
    ['runtime', 'version', ...columns],
    rows.map(({ runtime, version, counts }) => [
      runtime,
      version,
      ...columns.map((column) => cell(counts[column])),
    ]),
  );
}

/** What the platforms themselves do. */
export function platformsTable(rows: readonly Row[]): string {
  const names = Object.keys(rows[0]?.platform ?? {});
  return table(
    ['the platform', ...rows.map(({ runtime }) => runtime)],
    names.map((name) => [name].concat(rows.map(({ platform }) => (platform[name] ? 'yes' : 'no')))),
  );
}
