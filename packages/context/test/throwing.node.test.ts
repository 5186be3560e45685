import { beforeAll, describe, expect, it } from 'vitest';
import { compile, run } from './programs/run.ts';

const patience = 60_000;

describe('a callback that throws', () => {
  let program: string;
  beforeAll(async () => {
    program = await compile('throwing.ts');
  }, patience);

  it.concurrent(
    'is reported as an uncaught exception, and disturbs neither the others nor the canceler',
    async () => {
      const { code, output } = await run(program, 'callbacks');
      const lines = output.split('\n');
      expect(lines.slice(0, 4)).toEqual([
        'second',
        'second listener',
        'child',
        'cancel returned AbortError: context canceled',
      ]);
      expect(lines.slice(4).sort()).toEqual([
        'uncaught Error: child',
        'uncaught Error: first',
        'uncaught Error: listener',
      ]);
      expect(code).toBe(0);
    },
    patience,
  );

  it.concurrent.each([
    ['deadline', ['second', 'uncaught Error: first']],
    ['foreign signal', ['second', 'abort returned', 'uncaught Error: first']],
    ['done', ['registered', 'second', 'uncaught Error: first']],
    ['any value', ['cancel returned', 'uncaught undefined']],
  ])(
    'is reported whatever calls it and whatever it throws: %s',
    async (part, lines) => {
      const { code, output } = await run(program, part);
      expect(output.split('\n')).toEqual(lines);
      expect(code).toBe(0);
    },
    patience,
  );

  it.concurrent(
    'ends the process when nobody listens for uncaught exceptions',
    async () => {
      const { code, output, errors } = await run(program, 'nobody');
      expect(output).toBe('cancel returned');
      expect(errors).toContain('Error: nobody listens');
      expect(code).toBe(1);
    },
    patience,
  );
});
