import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { pairs } from '../../.vitepress/theme/home/pairs/index.ts';
import { type Play, Side, type View } from '../../.vitepress/theme/home/side.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** What is seen of a play at its end. */
async function view(play: Play): Promise<View> {
  const side = new Side(play);
  const run = side.run();
  await vi.runAllTimersAsync();
  await run;
  return { rows: side.timeline.rows, said: side.state.said, now: Math.round(side.timeline.now()) };
}

async function views(): Promise<Record<string, View[]>> {
  const all: Record<string, View[]> = {};
  for (const [name, [left, right]] of Object.entries(pairs)) {
    all[name] = [await view(left), await view(right)];
  }
  return all;
}

describe('the pairs of the home page', () => {
  it('come out as the pictures that are shown before they run', async () => {
    const text = `${JSON.stringify(await views(), undefined, 2)}\n`;
    await expect(text).toMatchFileSnapshot('../../.vitepress/theme/home/pictures.json');
  });

  it('say what the difference is', async () => {
    const said = Object.entries(await views()).map(([name, [left, right]]) => [
      name,
      left?.said,
      right?.said,
    ]);
    expect(said).toEqual([
      [
        'failing',
        'Promise.all rejects: 503 for /stock. 3 requests run on.',
        'wait() rejects: 503 for /stock. Nothing is running.',
      ],
      [
        'large',
        'The large request waited 1.6 s: 2 later requests overtook it.',
        'The large request waited 0.7 s: nothing overtook it.',
      ],
      ['stampede', '3 queries for 2 answers.', '1 query for 2 answers.'],
      [
        'shutdown',
        'The wait has ended. 2 parts of the request run on.',
        'All of it has stopped, and each part knows why.',
      ],
    ]);
  });

  it.each(Object.entries(pairs))('end at once when they are closed: %s', async (_name, plays) => {
    for (const play of plays) {
      const side = new Side(play);
      const run = side.run();
      await vi.advanceTimersByTimeAsync(400);
      side.close();
      await run;
      expect(vi.getTimerCount()).toBe(0);
    }
  });
});
