import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

describe('index.ts', () => {
  it('names these types, and nothing else beside the values', () => {
    const text = readFileSync(new URL('../src/index.ts', import.meta.url), 'utf8');
    const types = [...text.matchAll(/^export (type )?\{([^}]*)\}/gm)].flatMap(
      ([, all, names = '']) =>
        names
          .split(',')
          .map((name) => name.trim())
          .filter((name) => name !== '' && (all !== undefined || name.startsWith('type ')))
          .map((name) => name.replace(/^type /, '')),
    );
    expect(types.sort()).toEqual([
      'CancelCauseFunc',
      'CancelFunc',
      'Context',
      'ContextLike',
      'Key',
    ]);
    expect(text.match(/^export (?!(?:type )?\{)/gm)).toBe(null);
  });
});
