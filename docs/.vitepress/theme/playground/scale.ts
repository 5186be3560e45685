import type { Row, Span } from './timeline.ts';

/** The stretch of time that is drawn, in milliseconds. */
export interface Scale {
  readonly from: number;
  readonly to: number;
}

/** From the beginning up to now, at least `range`; or, if it slides, the last `range`. */
export function scaleOf(now: number, range: number, slides: boolean): Scale {
  const to = Math.max(now, range);
  return { from: slides ? to - range : 0, to };
}

/** Where a time is drawn, in percent of the width. */
export function position({ from, to }: Scale, time: number): number {
  return Math.min(100, Math.max(0, ((time - from) / (to - from)) * 100));
}

/** The times to write at the axis: whole seconds, five to ten of them. */
export function ticks({ from, to }: Scale): number[] {
  const step = [1, 2, 5, 10, 30].find((seconds) => (to - from) / seconds <= 8000) ?? 60;
  const first = Math.ceil(from / 1000 / step);
  const last = Math.floor(to / 1000 / step);
  return Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step * 1000);
}

export interface Bar {
  readonly phase: Span['phase'];
  readonly x: number;
  readonly width: number;
}

/** The spans of a row as far as they can be seen. */
export function bars(row: Row, scale: Scale, now: number): Bar[] {
  return row.spans.flatMap(({ phase, from, to = now }) => {
    const x = position(scale, from);
    const width = position(scale, to) - x;
    return width > 0 ? [{ phase, x, width }] : [];
  });
}

/** Where the end of a row is drawn; `undefined` if it cannot be seen. */
export function endOf(row: Row, scale: Scale): number | undefined {
  const at = row.spans.at(-1)?.to;
  return row.outcome && at !== undefined && at >= scale.from ? position(scale, at) : undefined;
}
