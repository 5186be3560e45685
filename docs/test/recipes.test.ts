import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { run } from './examples/program.ts';

const page = readFileSync(new URL('../guide/recipes.md', import.meta.url), 'utf8');

/** The lines of code of the fences of a section, without those that are empty. */
function fencesOf(title: string): number[] {
  const [, section = ''] = page.split(`\n## ${title}\n`);
  const [text = ''] = section.split('\n## ');
  return [...text.matchAll(/^```ts\n(?<code>.*?)^```$/gms)].map(
    (match) => match.groups?.['code']?.split('\n').filter((line) => line.trim() !== '').length ?? 0,
  );
}

describe('docs/guide/recipes.md', () => {
  it.each(['Ten thousand items', 'A polite crawler', 'An upload in stages'])(
    'has a program under “%s” that is not longer than its twin',
    (title) => {
      const [ours = Infinity, twin = 0] = fencesOf(title);
      expect(ours).toBeLessThanOrEqual(twin);
    },
  );
});

describe('the example million-lines', () => {
  it('gives all lines in their order, in constant memory', async () => {
    const { code, stdout, stderr } = await run('million-lines.ts');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toBe('1000000 lines in order\nin constant memory\n');
  });
});
