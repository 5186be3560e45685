import { kind } from './machine.mjs';
import { describe, judgeAll, short, words } from './verdict.mjs';
/** @import { Line, Verdict } from './verdict.mjs' */
/** @import { Report, Subject } from './report.mjs' */

/**
 * What RESULTS.md says.
 * @param {readonly Report[]} reports of each kind of processor, the newest first
 * @returns {string}
 */
export function results(reports) {
  const [newest] = reports;
  return `${[
    '# Results',
    'Written by `pnpm bench --write`; [README.md](README.md) says how it is measured and what the words mean.',
    ...(newest ? [targets(newest.rows, reports), ...all(newest)] : []),
  ].join('\n\n')}\n`;
}

/**
 * @param {Report} report
 * @returns {string[]}
 */
function all(report) {
  return report.runs.flatMap(({ node, results: measured }) => {
    const lines = judgeAll(report.rows, measured);
    return [
      `## ${named(report, node)}`,
      'Nanoseconds per item, the least of all repetitions. In brackets: ours divided by it.',
      figures(lines.filter(({ unit, growth }) => unit === 'ns' && !growth)),
      '### Growth',
      'Nanoseconds per item for the number of items in the second column.',
      figures(lines.filter(({ growth }) => growth)),
      '### Memory',
      'Bytes of heap per item after a collection.',
      figures(lines.filter(({ unit }) => unit === 'bytes')),
      '### Missed',
      missed(lines),
    ];
  });
}

/**
 * A target holds when it holds in each run, whatever the processor.
 * @param {readonly Subject[]} rows
 * @param {readonly Report[]} reports
 */
function targets(rows, reports) {
  const runs = reports.flatMap((report) =>
    report.runs.map((run) => ({
      name: named(report, run.node),
      lines: judgeAll(rows, run.results),
    })),
  );
  const lines = runs[0]?.lines ?? [];
  const table = lines.flatMap(({ id, n, title, verdicts }) =>
    verdicts.map(({ than, atMost }) => {
      const found = runs.map((run) => {
        const line = run.lines.find((other) => other.id === id && other.n === n);
        return line?.verdicts.find((verdict) => verdict.than === than);
      });
      const holds = found.every((verdict) => verdict?.holds !== false);
      return [
        title,
        n.toLocaleString('en'),
        `${than === 'nothing' ? '' : `${than} `}≤ ${atMost}`,
        holds ? 'holds' : 'MISSED',
        ...found.map((verdict) => ratio(verdict)),
      ];
    }),
  );
  return [
    reports
      .flatMap((report) => footer(report))
      .map((line) => `- ${line}`)
      .join('\n'),
    '## Targets',
    'Ours divided by what the target names. A target holds when it holds in all runs; a ratio that misses is bold.',
    markdown(['workload', 'n', 'target', '', ...runs.map(({ name }) => name)], table),
  ].join('\n\n');
}

/**
 * @param {Report} report
 * @param {string} node
 */
function named({ machine }, node) {
  return `Node ${node.replace('v', '')}, ${kind(machine.cpu)}`;
}

/** @param {Verdict | undefined} verdict */
function ratio(verdict) {
  if (!verdict) return '';
  return verdict.holds ? short(verdict.ratio) : `**${short(verdict.ratio)}**`;
}

/**
 * The facts without which a figure says nothing.
 * @param {Report} report
 */
function footer({ command, commit, date, machine, go, packages, runs }) {
  const nodes = runs.map(({ node }) => `Node ${node}`).join(', ');
  const names = Object.entries(packages).map(([name, version]) => `${name} ${version}`);
  return [
    `${command}; commit ${commit}, ${date}`,
    `${nodes}; Go: ${go ?? 'not measured'}`,
    `${machine.cpu}, ${machine.cores} cores, ${machine.memory}, ${machine.os}`,
    names.join(', '),
  ];
}

/** @param {readonly Line[]} lines */
function figures(lines) {
  return markdown(
    ['workload', 'n', 'gosync', 'median', 'floor', 'best package', 'Go', 'targets'],
    lines.map((line) => [
      line.title,
      line.n.toLocaleString('en'),
      `**${short(line.ours)}**`,
      short(line.median),
      compared(line, line.floor),
      line.peer ? `${line.peer.name} ${compared(line, line.peer.value)}` : '',
      compared(line, line.go),
      line.verdicts.map(words).join('; '),
    ]),
  );
}

/** @param {readonly Line[]} lines */
function missed(lines) {
  const list = lines
    .filter(({ verdicts }) => verdicts.some(({ holds }) => !holds))
    .map(
      ({ title, n, verdicts, why, profile }) =>
        `- ${title} (${n.toLocaleString('en')}): ` +
        `${verdicts
          .filter(({ holds }) => !holds)
          .map(words)
          .join('; ')}. ${why}${profile ? ` ${describe(profile)}` : ''}`,
    );
  return list.length > 0 ? list.join('\n') : 'Nothing: every target holds.';
}

/**
 * @param {Line} line
 * @param {number | undefined} other
 */
function compared(line, other) {
  if (other === undefined) return '';
  // Next to nothing divided by next to nothing says nothing.
  const times =
    line.unit === 'bytes' && Math.abs(other) < 5 ? '' : ` (${short(line.ours / other)})`;
  return `${short(other)}${times}`;
}

/**
 * @param {readonly string[]} head
 * @param {readonly (readonly string[])[]} rows
 */
function markdown(head, rows) {
  const rule = `| --- |${' ---: |'.repeat(head.length - 1)}`;
  return [cells(head), rule, ...rows.map(cells)].join('\n');
}

/** @param {readonly string[]} row */
function cells(row) {
  return `| ${row.join(' | ')} |`;
}
