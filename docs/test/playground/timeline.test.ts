import { describe, expect, it } from 'vitest';
import { bars, endOf, position, scaleOf, ticks } from '../../.vitepress/theme/playground/scale.ts';
import { type Row, Timeline } from '../../.vitepress/theme/playground/timeline.ts';

function row(from: number, to?: number): Row {
  const outcome = to === undefined ? undefined : 'done';
  return {
    id: 1,
    name: 'row',
    major: false,
    spans: [{ phase: 'running', from, to }],
    outcome,
    note: '',
  };
}

describe('Timeline.add()', () => {
  it('makes room by the oldest row that is over', () => {
    const timeline = new Timeline(2);
    const first = timeline.add('first');
    const second = timeline.add('second');
    timeline.end(second, 'done', '');
    timeline.add('third');
    expect(timeline.rows.map(({ name }) => name)).toEqual(['first', 'third']);
    timeline.add('fourth');
    expect(timeline.rows).toHaveLength(3);
    expect(timeline.rows[0]).toBe(first);
  });
});

describe('scaleOf()', () => {
  it('grows, or slides', () => {
    expect(scaleOf(1000, 4000, false)).toEqual({ from: 0, to: 4000 });
    expect(scaleOf(5000, 4000, false)).toEqual({ from: 0, to: 5000 });
    expect(scaleOf(5000, 4000, true)).toEqual({ from: 1000, to: 5000 });
  });
});

describe('ticks()', () => {
  it('are whole seconds, not too many', () => {
    expect(ticks({ from: 0, to: 4000 })).toEqual([0, 1000, 2000, 3000, 4000]);
    expect(ticks({ from: 500, to: 12_500 })).toEqual([2000, 4000, 6000, 8000, 10_000, 12_000]);
  });
});

describe('bars()', () => {
  const scale = { from: 1000, to: 5000 };

  it('end now if they have no end yet', () => {
    expect(bars(row(2000), scale, 3000)).toEqual([{ phase: 'running', x: 25, width: 25 }]);
  });

  it('are cut where the scale begins, and left out before', () => {
    expect(bars(row(0, 2000), scale, 3000)).toEqual([{ phase: 'running', x: 0, width: 25 }]);
    const past = row(0, 500);
    expect(bars(past, scale, 3000)).toEqual([]);
    expect(endOf(past, scale)).toBeUndefined();
  });
});

describe('position()', () => {
  it('stays within the width', () => {
    expect([0, 1000, 3000, 9000].map((time) => position({ from: 1000, to: 5000 }, time))).toEqual([
      0, 0, 50, 100,
    ]);
  });
});
