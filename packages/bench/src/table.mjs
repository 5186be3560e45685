import { short, words } from './verdict.mjs';
/** @import { Line } from './verdict.mjs' */

/**
 * The table as it is printed.
 * @param {readonly Line[]} lines
 * @returns {string}
 */
export function table(lines) {
  const rows = lines.map((line) => [
    lines.some(({ id, n }) => id === line.id && n !== line.n) ? `${line.id} ${line.n}` : line.id,
    `${short(line.ours)}${line.unit === 'bytes' ? ' B' : ''}`,
    short(line.median),
    ...compared(line, line.floor),
    ...compared(line, line.peer?.value),
    line.peer?.name ?? '',
    ...compared(line, line.go),
    line.verdicts.map(words).join('; '),
  ]);
  const head = ['row', 'ours', 'median', 'floor', '×', 'peer', '×', '', 'Go', '×', 'targets'];
  const left = new Set([0, 7, 10]);
  const all = [head, ...rows];
  const widths = head.map((_, i) => Math.max(...all.map((cells) => cells[i]?.length ?? 0)));
  return all
    .map((cells) =>
      cells
        .map((cell, i) =>
          left.has(i) ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/**
 * @param {Line} line
 * @param {number | undefined} other
 * @returns {[string, string]} the other's figure, and ours divided by it
 */
function compared(line, other) {
  return other === undefined ? ['', ''] : [short(other), short(line.ours / other)];
}
