import type { Colors } from 'picocolors/types';
import type { Run } from './run.ts';
import { seconds } from './report.ts';

const HEIGHTS = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
const WAITING = '░';
const LEGEND = `█ busy  ${WAITING} waiting for memory`;
const NARROWEST = 10;
const WIDEST = 90;
const MARGIN = 11;

/**
 * The run as lines of text, time from left to right: in each slot one file after the other, below it what all of them
 * did. None when the terminal is too narrow for it.
 */
export function picture(run: Run, duration: number, width: number, colors: Colors): string[] {
  const count = Math.min(width - 1, WIDEST) - MARGIN;
  if (count < NARROWEST || run.running.most === 0) return [];
  const columns = (name: string) => run.timeline.columns(name, count, duration);
  const line = (name: string, text: string) => `${name.padStart(MARGIN - 1)} ${text}`;
  const end = seconds(duration);
  return [
    ...slots(run).map(({ name, row, size }) => {
      const capacity = (duration / count) * size;
      const waiting = columns(`waiting ${row}`);
      const cells = columns(`busy ${row}`).map((busy, i) =>
        cell(busy / capacity, (waiting[i] ?? 0) / capacity, colors),
      );
      return line(name, cells.join(''));
    }),
    line('read', colors.cyan(curve(columns('read')))),
    line('in memory', colors.cyan(curve(columns('held')))),
    line('', colors.dim(`0${end.padStart(count - 1)}`)),
    ...(LEGEND.length > count ? [] : [line('', colors.dim(LEGEND))]),
  ];
}

/** The rows: one a slot that was used, or, when there are many, one for several. */
function slots({
  running,
  slotsPerRow,
  limit,
}: Run): { name: string; row: number; size: number }[] {
  return Array.from({ length: Math.ceil(running.most / slotsPerRow) }, (_, row) => {
    const first = row * slotsPerRow + 1;
    const last = Math.min(first + slotsPerRow - 1, limit);
    const name = first === last ? `${first}` : `${first}-${last}`;
    return { name: row === 0 ? `slot ${name}` : name, row, size: last - first + 1 };
  });
}

/** What a slot did most of the time, as shares of it. */
function cell(busy: number, waiting: number, colors: Colors): string {
  return waiting > busy ? colors.yellow(WAITING) : colors.green(bar(busy));
}

function curve(amounts: number[]): string {
  const most = Math.max(...amounts, Number.MIN_VALUE);
  return amounts.map((amount) => bar(amount / most)).join('');
}

/** A bar as high as `share`, which is 0 to 1. Whatever is more than nothing is seen. */
function bar(share: number): string {
  return HEIGHTS[Math.min(HEIGHTS.length - 1, Math.ceil(share * (HEIGHTS.length - 1)))] ?? '';
}
