import type { Report } from './harness/case.ts';
import { names } from './harness/names.ts';
import { version } from './libraries.ts';
import { nodes, type Run } from './run.ts';

/** What came of one case, as it is kept. */
export interface Row {
  readonly library: string;
  readonly version: string | null;
  readonly title: string | null;
  /** How many checks there are. */
  readonly checks: number;
  /** By version of Node: the names of the checks that found something else than expected. */
  readonly problems: Readonly<Record<string, readonly string[]>>;
  /** How calls end, by the name of the check; null for a case that makes none. */
  readonly outcomes: Readonly<Record<string, string>> | null;
}

const shown = [names.canceled, names.caused, names.done, names.deadline] as const;

function outcomesOf({ checks }: Report): Readonly<Record<string, string>> | null {
  const found = checks.flatMap(({ name, outcome }) =>
    outcome !== undefined && shown.some((each) => each === name) ? [[name, outcome] as const] : [],
  );
  return found.length === 0 ? null : Object.fromEntries(found);
}

function keyOf({ report: { library, title } }: Run): string {
  return `${library} ${title ?? ''}`;
}

function rowOf(
  runs: readonly Run[],
  { library, title, checks }: Report,
  outcomes: Row['outcomes'],
): Row {
  const problems = runs.map(({ node, report }) => [node, failing(report)] as const);
  return {
    library: library === 'node' ? 'Node' : library,
    version: version(library) ?? null,
    title: title ?? null,
    checks: checks.length,
    problems: Object.fromEntries(problems.sort(([a], [b]) => a.localeCompare(b))),
    outcomes,
  };
}

/** The rows of a run, one for each case. */
export function rowsOf(runs: readonly Run[]): Row[] {
  const keys = [...new Set(runs.map(keyOf))].sort();
  return keys.flatMap((key) => {
    const own = runs.filter((run) => keyOf(run) === key);
    const [first] = own;
    return first ? [rowOf(own, first.report, outcomesOf(first.report))] : [];
  });
}

/** Whether all was as expected. */
export function isGood({ problems }: Row): boolean {
  return Object.values(problems).every((found) => found.length === 0);
}

/** The rows that are all as expected; a case with a problem keeps the row of its last run without one. */
export function keepGood(known: readonly Row[], rows: readonly Row[]): Row[] {
  return rows.flatMap((row) => {
    if (isGood(row)) return [row];
    return known.filter(({ library, title }) => library === row.library && title === row.title);
  });
}

/** The names of the checks that found something else than expected. */
export function failing({ checks }: Report): string[] {
  return checks.filter(({ problems }) => problems.length > 0).map(({ name }) => name);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((_, index) =>
    Math.max(...[head, ...rows].map((row) => row[index]?.length ?? 0)),
  );
  const line = (row: readonly string[]): string =>
    `| ${row.map((text, index) => text.padEnd(widths[index] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

function cell(problems: readonly string[] | undefined): string {
  if (problems === undefined) return 'not run';
  return problems.length === 0 ? 'as expected' : `${problems.length} not as expected`;
}

/** What was run, and what came of it. */
export function resultsTable(rows: readonly Row[]): string {
  return table(
    ['library', 'version', 'what', 'checks', ...nodes.map((node) => `Node ${node}`)],
    rows.map(({ library, version: installed, title, checks, problems }) => [
      library,
      installed ?? '',
      title ?? '',
      String(checks),
      ...nodes.map((node) => cell(problems[node])),
    ]),
  );
}

function words(outcome: string | undefined): string {
  if (outcome === undefined || outcome === 'the cause') return outcome ?? '–';
  const [error = '', ...carried] = outcome.split(' with the cause');
  const [name, ...code] = error.split(' ');
  const parts = [`\`${name}\``, ...code.map((each) => `code \`${each}\``)];
  return parts.concat(carried.map(() => 'the cause in `cause`')).join(', ');
}

/** What calls reject with when their context ends. */
export function rejectionsTable(rows: readonly Row[]): string {
  return table(
    ['library', 'canceled', 'with a cause', 'before the call', 'deadline exceeded'],
    rows.flatMap(({ library, title, outcomes }) =>
      outcomes === null
        ? []
        : [
            [
              [library, title].filter(Boolean).join(', '),
              ...shown.map((name) => words(outcomes[name])),
            ],
          ],
    ),
  );
}
