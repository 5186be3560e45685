import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { bundlers } from './bundlers.ts';

const consumer = inject('consumer');

interface Case {
  readonly name: string;
  /** What a user's file says; it exports its result. */
  readonly source: string;
  readonly result: unknown;
  /** The most that any bundler may make of it, in minified bytes. */
  readonly limit: number;
  /** Texts of what nobody asked for. */
  readonly without: RegExp;
}

const cases: readonly Case[] = [
  {
    name: 'background',
    source: `import { background } from '@gosync/context';
      export const result = String(background());`,
    result: 'context.Background',
    limit: 3_250,
    without: /deadline exceeded|setTimeout|WithValue|From\(AbortSignal\)|nil key/,
  },
  {
    name: 'isCanceled',
    source: `import { isCanceled } from '@gosync/context';
      export const result = isCanceled(AbortSignal.abort().reason);`,
    result: true,
    limit: 520,
    without: /extends Error|context\.Background|setTimeout|WithValue|From\(AbortSignal\)/,
  },
  {
    name: 'withCancel',
    source: `import { background, withCancel } from '@gosync/context';
      const [ctx, cancel] = withCancel(background());
      cancel();
      export const result = ctx.err?.message;`,
    result: 'context canceled',
    limit: 9_200,
    without: /setTimeout|WithValue|nil key/,
  },
  {
    name: 'Weighted',
    source: `import { Weighted } from '@gosync/semaphore';
      export const result = new Weighted(1).tryAcquire();`,
    result: true,
    limit: 14_800,
    without: /setTimeout|WithValue|nil key/,
  },
  {
    name: 'SyncMap',
    source: `import { SyncMap } from '@gosync/syncmap';
      export const result = new SyncMap([['a', 1]]).load('a');`,
    result: [1, true],
    limit: 2_000,
    without: /context/,
  },
  {
    name: 'nothing',
    source: `import { background } from '@gosync/context';
      import { Group } from '@gosync/errgroup';
      import { Weighted } from '@gosync/semaphore';
      import { Group as Flight } from '@gosync/singleflight';
      import { SyncMap } from '@gosync/syncmap';
      import { all, any, map, stream } from '@gosync/tasks';
      export const result = 1;`,
    result: 1,
    limit: 50,
    without: /class|context/,
  },
];

describe.each(Object.entries(bundlers))('%s', (bundler, bundle) => {
  const lines: string[] = [];
  afterAll(() => console.log([`minified bytes by ${bundler}, and the limit`, ...lines].join('\n')));

  it.each(cases.map((each) => [each.name, each] as const))(
    'bundles a program that uses %s, which runs and has no more than it needs',
    async (name, { source, result, limit, without }) => {
      const entry = `${bundler}-${name}.mjs`;
      writeFileSync(join(consumer, entry), source);
      const code = await bundle(consumer, entry);
      lines.push(
        `${name.padEnd(12)} ${String(code.length).padStart(6)} ${String(limit).padStart(6)}`,
      );
      const program = await import(`data:text/javascript,${encodeURIComponent(code)}`);
      expect(program).toHaveProperty('result', result);
      expect.soft(code).not.toMatch(without);
      expect.soft(code.length).toBeLessThanOrEqual(limit);
    },
  );
});
