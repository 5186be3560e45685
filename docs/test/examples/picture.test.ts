import { createColors } from 'picocolors';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { picture } from '../../examples/checksum/picture.ts';
import { Run } from '../../examples/checksum/run.ts';
import { Timeline } from '../../examples/checksum/timeline.ts';

const plain = createColors(false);

/** What stands before the rows for slots. */
function labels(files: number, limit: number): string[] {
  const lines = picture(runOf(files, limit), 100, 80, plain);
  return lines.slice(0, -4).map((line) => line.slice(0, 10).trim());
}

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => void vi.useRealTimers());

/** A run in which so many files were open at once, for 50 ms. */
function runOf(files: number, limit: number): Run {
  const run = new Run({ root: '/', limit, algorithm: 'sha256', without: [] });
  const tasks = Array.from({ length: files }, () => run.begin());
  vi.advanceTimersByTime(50);
  for (const task of tasks) {
    task.read(1000);
    task[Symbol.dispose]();
  }
  return run;
}

describe('picture()', () => {
  it.each([22, 30, 40, 80, 81, 200])('fits a terminal of %i columns', (width) => {
    const lines = picture(runOf(5, 16), 100, width, plain);
    expect(lines.slice(0, 5).join('\n')).toMatch(/^ {4}slot 1 █+[^]* 5 █+/);
    for (const line of lines) expect(line.length).toBeLessThan(width);
  });

  it('shows for which part of the time a slot was busy', () => {
    // 80 columns, less the margin and the last one, are 68.
    const [row] = picture(runOf(1, 16), 100, 80, plain);
    expect(row).toBe(`    slot 1 ${'█'.repeat(34)}${' '.repeat(34)}`);
  });

  it('is left out when the terminal is too narrow, and when nothing was run', () => {
    expect(picture(runOf(5, 16), 100, 21, plain)).toEqual([]);
    expect(picture(runOf(0, 16), 100, 80, plain)).toEqual([]);
  });

  it('has a row for each slot that was used, and at most sixteen', () => {
    expect(labels(2, 16)).toEqual(['slot 1', '2']);
    expect(labels(5, 40)).toEqual(['slot 1-3', '4-6']);
    expect(labels(40, 40)).toHaveLength(14);
    expect(labels(40, 40).at(-1)).toBe('40');
  });
});

describe('Timeline.columns()', () => {
  it('keeps every amount, however long the time and however many the columns', () => {
    const timeline = new Timeline();
    let total = 0;
    for (let at = 0; at < 100_000; at += 97) {
      timeline.add('read', at, at + (at % 1000), at);
      total += at;
    }
    for (const count of [1, 7, 80, 1000]) {
      const columns = timeline.columns('read', count, 101_000);
      expect(columns).toHaveLength(count);
      expect(columns.reduce((sum, amount) => sum + amount)).toBeCloseTo(total, 3);
    }
  });

  it('puts amounts where they belong in time', () => {
    const timeline = new Timeline();
    timeline.add('busy', 0, 10, 10);
    timeline.add('busy', 30, 40, 20);
    expect(timeline.columns('busy', 4, 40)).toEqual([10, 0, 0, 20].map((n) => expect.closeTo(n)));
    expect(timeline.columns('idle', 2, 40)).toEqual([0, 0]);
  });
});
