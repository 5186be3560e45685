import { describe, expect, it } from 'vitest';
import { fencesOf } from '../../fences/fence.ts';
import { files } from '../../fences/files.ts';
import { runProblems } from '../../fences/run.ts';
import { typeProblems } from '../../fences/types.ts';

const passing = fencesOf('docs/test/fences/passing.md');
const failing = fencesOf('docs/test/fences/failing.md');
const types = typeProblems([...passing, ...failing]);

/** The problems of the failing fence with that title; lines count from its first. */
async function problemsOf(title: string): Promise<string[]> {
  const [fence, ...others] = failing.filter((each) => each.title === title);
  if (!fence || others.length > 0) throw new Error(`not one fence: ${title}`);
  const problems = [...(types.get(fence) ?? []), ...(await runProblems(fence))];
  return problems.map((problem) =>
    problem.replace(/^(\S+?):(\d+)/, (_, file: string, line: string) => {
      expect(file).toBe(fence.file);
      return String(Number(line) - fence.line + 1);
    }),
  );
}

describe('fencesOf()', () => {
  it('finds the fences of a page with their lines and titles', () => {
    expect(passing.map(({ line, title, language }) => [line, title, language])).toEqual([
      [6, 'Values', 'ts'],
      [23, 'Outputs', 'ts'],
      [37, 'Disposal', 'ts'],
      [52, 'No expectation', 'ts'],
      [62, 'No expectation', 'ts'],
      [69, 'No expectation', 'ts'],
    ]);
  });

  it('finds the fences of doc comments with their lines and titles', () => {
    const [first] = fencesOf('docs/test/fences/comments.ts');
    expect(first).toEqual({
      file: 'docs/test/fences/comments.ts',
      line: 6,
      title: 'A claim',
      language: 'ts',
      code: '2 *\n  3; // => 6',
    });
  });
});

describe('files()', () => {
  it('leaves out the fences that fail on purpose', () => {
    expect(files().filter((path) => path.includes('failing'))).toEqual([]);
    expect(files()).toContain('README.md');
  });
});

describe('a fence', () => {
  it.each(passing)('passes when it does what it says: line $line', async (fence) => {
    expect(types.get(fence)).toBeUndefined();
    expect(await runProblems(fence)).toEqual([]);
  });

  it.each([
    ['A wrong value', ['3: expected 43, got 42']],
    ['A wrong value that the fence catches', ['2: expected 1, got 2']],
    ['A wrong value inside a function', ['2: expected 3, got 2']],
    [
      'A value that is equal in part',
      ['1: expected { a: 1 }, got { a: 1, b: undefined }', '2: expected [ 1, 2 ], got [ 1, 2 ]'],
    ],
    [
      'A value of another kind',
      [
        "1: expected { a: 1 }, got Map(1) { 'a' => 1 }",
        "2: expected 1, got '1'",
        '3: expected 0, got -0',
      ],
    ],
    ['A promise', ['1: a promise, which is equal to any other: await it']],
    ['An expectation that is never reached', ['2: was never reached']],
    ['A value behind a declaration', ['1: not behind an expression: // => 2']],
    ['A value on its own line', ['2: not behind an expression: // => 1']],
    ['A wrong output', ["2: expected the output 'right', got 'left'"]],
    [
      'A wrong output on lines of its own',
      ["2: expected the output 'one\\nthree', got 'one\\ntwo'"],
    ],
    ['A wrong output before a statement', ["2: expected the output 'right', got 'left'"]],
    ['An output before the comment and one after it', ["1: printed more than it says: 'right'"]],
    ['A missing output', ["1: expected the output 'nothing was printed', got ''"]],
    ['An output that comes too late', ["2: expected the output 'late', got ''"]],
    ['An output inside an expression', ['2: not between statements: // Output: 1']],
    ['A type error', ["1: TS2322: Type 'number' is not assignable to type 'string'."]],
    ['A context as options', ['4: a context as options: write { signal: ctx.signal }']],
    [
      'A comment that only looks like an expectation',
      ['//=> 3', '// → 3', '// returns 3', '// prints 2'].map(
        (text, i) => `${i + 1}: neither \`// => value\` nor \`// Output:\`: ${text}`,
      ),
    ],
  ])('has its problems named: %s', async (title, problems) => {
    expect(await problemsOf(title)).toEqual(problems);
  });

  it.each([
    ['A type that is not there', /^1: TS2305: .*'Semaphore'/],
    ['A module that is not there', /^1: TS2307: .*'@gosync\/nothing'/],
    ['A syntax error', /^1: TS1134: /],
    ['An error in the expected value', /^1: TS2304: .*'two'/],
    ['A thrown error', /^1: threw Error: boom/],
    ['A rejection', /^1: threw Error: boom/],
  ])('has its problems named: %s', async (title, first) => {
    const [problem] = await problemsOf(title);
    expect(problem).toMatch(first);
  });
});
