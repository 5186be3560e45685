import { readFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { describe, expect, it } from 'vitest';
import { page, replace, type Report } from '../bench/report.ts';

const guide = new URL('../../../docs/guide/across-processes.md', import.meta.url);
const data = new URL('../../../docs/data/redis.json', import.meta.url);

describe('the guide', () => {
  it('shows the figures that the benchmark has written', async () => {
    const text = readFileSync(guide, 'utf8');
    const report = JSON.parse(readFileSync(data, 'utf8')) as Report;
    const options = await resolveConfig(guide);
    const expected = await format(replace(text, page(report)), { ...options, parser: 'markdown' });
    expect(text).toBe(expected);
  });
});
