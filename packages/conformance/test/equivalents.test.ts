import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { equivalents } from '../mutation/equivalents.ts';

describe('a mutant that is called equivalent', () => {
  it.each(equivalents)('changes a line that stands in $file: $line', ({ file, line }) => {
    const text = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
    expect(text.split('\n').map((each) => each.trim())).toContain(line);
  });
});
