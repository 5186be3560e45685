import { describe, expect, inject, it } from 'vitest';
import { type Fence, fencesOf } from '../fences/fence.ts';
import { files } from '../fences/files.ts';
import { moduleOf } from '../fences/module.ts';
import { runProblems } from '../fences/run.ts';
import { typeProblems } from '../fences/types.ts';

const all = files().flatMap(fencesOf);
const fences = all.filter(({ language }) => language === 'ts');
const types = typeProblems(fences);

/** Whether there is what `fence` needs: a server, for those that have a client of one. */
function canRun({ code }: Fence): boolean {
  return inject('redis') !== '' || !/from 'redis'/.test(code);
}

describe.each([...new Set(fences.map(({ file }) => file))])('%s', (file) => {
  for (const fence of fences.filter((each) => each.file === file)) {
    const place = `at ${file}:${fence.line}${fence.title && `, "${fence.title}"`}`;

    it(`compiles, and does what it says ${place}`, async () => {
      const found = canRun(fence) ? await runProblems(fence) : [];
      expect([...(types.get(fence) ?? []), ...found]).toEqual([]);
    });

    const { expectations } = moduleOf(fence);
    if (expectations.length === 0 || !canRun(fence)) continue;

    it(`fails on each expectation if other values are expected ${place}`, async () => {
      const lines = (await runProblems(fence, true)).map((text) => Number(text.split(':')[1]));
      expect([...new Set(lines)].sort((a, b) => a - b)).toEqual(expectations);
    });
  }
});

describe('the fences', () => {
  it('are in the README, and in the README and the sources of each package', () => {
    const found = new Set(fences.map(({ file }) => file.replace(/src\/.*/, 'src')));
    for (const name of [
      'context',
      'semaphore',
      'errgroup',
      'singleflight',
      'syncmap',
      'tasks',
      'redis',
    ]) {
      expect(found).toContain(`packages/${name}/src`);
      expect(found).toContain(`packages/${name}/README.md`);
    }
    expect(found).toContain('README.md');
  });

  it('that hold code of this language have no other name for it', () => {
    const others = all.filter(({ language }) =>
      /^(?:typescript|tsx|[mc]ts|javascript|jsx|[mc]?js)$/i.test(language),
    );
    expect(others.map(({ file, line }) => `${file}:${line}`)).toEqual([]);
  });
});
