import { describe, short, words } from './verdict.mjs';
/** @import { Line } from './verdict.mjs' */
/** @import { Report } from './report.mjs' */

/**
 * What RESULTS.md says.
 * @param {Report} report
 * @param {readonly (readonly Line[])[]} runs the lines of each run of the report
 * @returns {string}
 */
export function results(report, runs) {
  return `${[
    '# Results',
    'Written by `pnpm bench --write`; [README.md](README.md) says how it is measured and what the words mean.',
    footer(report)
      .map((line) => `- ${line}`)
      .join('\n'),
    ...report.runs.flatMap(({ node }, i) => [
      `## Node ${node}`,
      'Nanoseconds per item, the least of all repetitions. In brackets: ours divided by it.',
      figures((runs[i] ?? []).filter(({ unit, growth }) => unit === 'ns' && !growth)),
      '### Growth',
      'Nanoseconds per item for the number of items in the second column.',
      figures((runs[i] ?? []).filter(({ growth }) => growth)),
      '### Memory',
      'Bytes of heap per item after a collection.',
      figures((runs[i] ?? []).filter(({ unit }) => unit === 'bytes')),
      '### Missed',
      missed(runs[i] ?? []),
    ]),
    ...(report.runs.length > 1 ? ['## Side by side', sideBySide(report, runs)] : []),
  ].join('\n\n')}\n`;
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
 * @param {Report} report
 * @param {readonly (readonly Line[])[]} runs
 */
function sideBySide(report, runs) {
  return markdown(
    ['workload', 'n', ...report.runs.map(({ node }) => `Node ${node}`)],
    (runs[0] ?? []).map(({ id, n, title }) =>
      [title, n.toLocaleString('en')].concat(
        runs.map((lines) => {
          const line = lines.find((other) => other.id === id && other.n === n);
          if (!line) return '';
          const { ours, peer } = line;
          return `${short(ours)}${peer ? compared(line, peer.value, '; package') : ''}`;
        }),
      ),
    ),
  );
}

/**
 * @param {Line} line
 * @param {number | undefined} other
 * @param {string} label
 */
function compared(line, other, label = '') {
  if (other === undefined) return '';
  // Next to nothing divided by next to nothing says nothing.
  const ratio =
    line.unit === 'bytes' && Math.abs(other) < 5 ? '' : ` (${short(line.ours / other)})`;
  return `${label && `${label} `}${short(other)}${ratio}`;
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
