import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { examples, Program, run } from './program.ts';
import { temporary } from './trees.ts';

const EXCEEDED = 'context deadline exceeded';

describe("Go's examples of errgroup", () => {
  it('waits for three requests and finds no error [go: ExampleGroup_justErrors]', async () => {
    expect(await printed('errgroup/just-errors.ts')).toEqual(['Successfully fetched all URLs.']);
  });

  it('returns three results in the order of the services [go: ExampleGroup_parallel]', async () => {
    expect(await printed('errgroup/parallel.ts')).toEqual([
      'web result for "golang"',
      'image result for "golang"',
      'video result for "golang"',
    ]);
  });

  it('finds the sums that md5sum finds, with more files than digesters [go: ExampleGroup_pipeline]', async () => {
    const root = temporary();
    mkdirSync(join(root, 'sub'));
    for (let i = 0; i < 50; i++) writeFileSync(join(root, i % 2 ? 'sub' : '', `${i}`), `${i}`);
    const md5sum = execFileSync('find', [root, '-type', 'f', '-exec', 'md5sum', '{}', '+']);
    const expected = md5sum.toString().trim().split('\n');
    const actual = await printed('errgroup/pipeline.ts', root);
    const swapped = actual.map((line) => line.replace(/^(.*):\t(.*)$/, '$2  $1'));
    expect(swapped.sort()).toEqual(expected.sort());
  });

  it('ends a pipeline with the error of its first stage', async () => {
    const { code, stdout, stderr } = await run('errgroup/pipeline.ts', '/no/such/directory');
    expect(stderr).toContain("ENOENT: no such file or directory, scandir '/no/such/directory'");
    expect([code, stdout]).toEqual([1, '']);
  });
});

describe('The two examples that every tutorial starts with', () => {
  it('runs four tasks to their ends when number 3 of five fails', async () => {
    expect(await printed('errgroup/five-tasks.ts')).toEqual([
      'task 1 done',
      'task 2 done',
      'task 4 done',
      'task 5 done',
      'wait: Error: task 3 failed',
    ]);
  });

  it('stops one task by its context when the other fails', async () => {
    expect(await printed('errgroup/two-tasks.ts')).toEqual([
      'upload: begins',
      'download: begins',
      'download: stops, because of Error: disk full',
      'wait: Error: disk full',
    ]);
  });
});

describe("Go's example of semaphore", () => {
  it('counts the steps of 32 numbers with a pool of workers [go: Example_workerPool]', async () => {
    expect(await printed('semaphore/worker-pool.ts')).toEqual([
      '[0 1 7 2 5 8 16 3 19 6 14 9 9 17 17 4 12 20 20 7 7 15 15 10 23 10 111 18 18 18 106 5]',
    ]);
  });
});

describe("Go's example of singleflight", () => {
  it('gives both callers the result of the first function [go: ExampleGroup]', async () => {
    expect(await printed('singleflight/shared.ts')).toEqual([
      'Shared: true',
      'Equal results: true',
      'Result: func 1',
    ]);
  });
});

describe("Go's examples of context", () => {
  it('ends a producer that would go on for ever [go: ExampleWithCancel]', async () => {
    expect(await printed('context/with-cancel.ts')).toEqual(['1', '2', '3', '4', '5']);
  });

  it('gives up a wait at a point in time [go: ExampleWithDeadline]', async () => {
    expect(await printed('context/with-deadline.ts')).toEqual([EXCEEDED]);
  });

  it('gives up a wait after some time [go: ExampleWithTimeout]', async () => {
    expect(await printed('context/with-timeout.ts')).toEqual([EXCEEDED]);
  });

  it('finds a value by its key and nothing by another [go: ExampleWithValue]', async () => {
    expect(await printed('context/with-value.ts')).toEqual([
      'found value: Go',
      'key not found: color',
    ]);
  });

  it('ends four waits on a condition variable [go: ExampleAfterFunc_cond]', async () => {
    const four = [EXCEEDED, EXCEEDED, EXCEEDED, EXCEEDED];
    expect(await printed('context/after-func-cond.ts')).toEqual(four);
  });

  it('ends a read from a connection [go: ExampleAfterFunc_connection]', async () => {
    expect(await printed('context/after-func-connection.ts')).toEqual([EXCEEDED]);
  });

  it('ends a context with another one, whose cause it takes [go: ExampleAfterFunc_merge]', async () => {
    expect(await printed('context/after-func-merge.ts')).toEqual([
      'Error: second context canceled',
      'first: not canceled',
    ]);
  });
});

describe('pnpm example', () => {
  it('runs an example from its TypeScript source', async () => {
    const { scripts } = JSON.parse(readFileSync(join(examples, '../package.json'), 'utf8'));
    const program = new Program(
      ['sh', '-c', `${scripts.example} context/with-value.ts`],
      `${examples}/..`,
    );
    const { code, stdout, stderr } = await program.outcome;
    expect(stdout).toBe('found value: Go\nkey not found: color\n');
    expect([code, stderr]).toEqual([0, '']);
  });
});

/** The lines an example prints, which ends well and has nothing to complain about. */
async function printed(example: string, ...args: string[]): Promise<string[]> {
  const { code, stdout, stderr } = await run(example, ...args);
  expect([code, stderr]).toEqual([0, '']);
  return stdout.trimEnd().split('\n');
}
