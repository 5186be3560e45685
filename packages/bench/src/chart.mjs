import { short } from './verdict.mjs';
/** @import { Line } from './verdict.mjs' */

const left = 430;
const right = 960;
const top = 78;
const step = 26;
// The axis: how many times as long as ours.
const from = 0.1;
const to = 1000;

const style = `
  text { font: 13px system-ui, sans-serif; fill: #1f2328; }
  .small { font-size: 11px; fill: #59636e; }
  .grid { stroke: #d1d9e0; }
  .ours { stroke: #1a7f37; stroke-width: 2; }
  .floor { fill: #8c959f; } .peer { fill: #bc4c00; } .go { fill: #0969da; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3; } .small { fill: #9198a1; } .grid { stroke: #3d444d; }
    .ours { stroke: #3fb950; } .floor { fill: #9198a1; } .peer { fill: #f0883e; } .go { fill: #58a6ff; }
  }`;

/**
 * How long the others take for what ours takes 1 for, on a logarithmic axis: to the right of the line is slower.
 * @param {readonly Line[]} lines
 * @param {readonly string[]} footer
 * @returns {string} an SVG
 */
export function chart(lines, footer) {
  const rows = lines.filter(
    ({ unit, growth, verdicts }) => unit === 'ns' && !growth && verdicts.length > 0,
  );
  const bottom = top + rows.length * step;
  const height = bottom + 30 + footer.length * 16;
  const grid = [0.1, 1, 10, 100, 1000].map(
    (value) =>
      `<line class="${value === 1 ? 'ours' : 'grid'}" x1="${x(value)}" x2="${x(value)}" y1="${top - 12}" y2="${bottom}"/>` +
      `<text class="small" text-anchor="middle" x="${x(value)}" y="${top - 18}">${value === 1 ? 'gosync' : `${value} ×`}</text>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000 ${height}" role="img" aria-label="Time per operation of the others, divided by that of gosync">`,
    `<style>${style}</style>`,
    '<text x="16" y="26" font-weight="600">Time per operation, divided by that of gosync</text>',
    ...[
      ['peer', 'best alternative'],
      ['go', 'Go'],
      ['floor', 'bare platform'],
    ].map(
      ([name, text], i) =>
        `<circle class="${name}" cx="${520 + i * 150}" cy="22" r="5"/><text x="${530 + i * 150}" y="26">${text}</text>`,
    ),
    ...grid,
    ...rows.flatMap((line, i) => marks(line, top + (i + 0.5) * step)),
    ...footer.map(
      (text, i) => `<text class="small" x="16" y="${bottom + 26 + i * 16}">${escape(text)}</text>`,
    ),
    '</svg>\n',
  ].join('\n');
}

/**
 * @param {Line} line
 * @param {number} y
 */
function marks(line, y) {
  const others = { floor: line.floor, go: line.go, peer: line.peer?.value };
  const title = line.title.replaceAll('`', '');
  return [
    `<text x="${left - 12}" y="${y + 4}" text-anchor="end">${escape(title)}</text>`,
    ...Object.entries(others).flatMap(([name, value]) => {
      if (value === undefined) return [];
      const whose = name === 'peer' ? line.peer?.name : name;
      const text = `${whose}: ${short(value)} ns, gosync: ${short(line.ours)} ns`;
      return `<circle class="${name}" cx="${x(value / line.ours)}" cy="${y}" r="5"><title>${escape(text)}</title></circle>`;
    }),
  ];
}

/** @param {number} ratio */
function x(ratio) {
  const share = Math.log(ratio / from) / Math.log(to / from);
  return (left + (right - left) * Math.min(1, Math.max(0, share))).toFixed(1);
}

/** @param {string} text */
function escape(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
