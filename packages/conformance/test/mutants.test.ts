import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { mutants } from '../mutants/all.ts';
import { mutate } from '../mutants/mutant.ts';

const packages = new URL('../../', import.meta.url);

describe('mutate()', () => {
  it.each(mutants)('knows how to break the rule in today’s $file: $breach', (mutant) => {
    const source = readFileSync(new URL(mutant.file, packages), 'utf8');
    expect(mutate(mutant, source)).not.toBe(source);
  });
});
