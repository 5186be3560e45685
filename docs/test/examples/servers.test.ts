import { describe, expect, it } from 'vitest';
import { run } from './program.ts';

describe('The stampede example', () => {
  it('makes one upstream call for 200 requests, and aborts it only when all clients leave', async () => {
    const { code, stdout, stderr } = await run('singleflight/stampede/main.ts');
    const rows = stdout.trimEnd().split('\n').slice(1);
    expect(rows.map((row) => row.split(/ {2,}/))).toEqual([
      ['200 requests, not shared', '200', '200', '0'],
      ['200 requests, shared', '1', '200', '0'],
      ['one client leaves, the others stay', '1', '199', '0'],
      ['all clients leave', '1', '0', '1'],
      ['one more client', '1', '1', '0'],
    ]);
    expect([code, stderr]).toEqual([0, '']);
  });
});

describe('The crawler example', () => {
  it('asks for nothing twice, keeps its limit, and leaves no request open however it ends', async () => {
    const { code, stdout, stderr } = await run('crawler/main.ts');
    expect(stdout.split('\n')).toEqual([
      'whole site:',
      '  40 pages, 6 images',
      expect.stringMatching(/^ {2}1 request for each, at most [1-8] at once$/),
      '  3.07 kB to 9.16 kB a page',
      '  no request is left open',
      'broken page:',
      '  Error: 500 for /page/13',
      '  no request is left open',
      'stuck page, time limit 200 ms:',
      '  TimeoutError: context deadline exceeded',
      '  no request is left open',
      'canceled after ten pages:',
      '  AbortError: context canceled',
      '  no request is left open',
      '',
    ]);
    expect([code, stderr]).toEqual([0, '']);
  });
});
