import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { packages } from './packages.ts';

const consumer = inject('consumer');
const require = createRequire(join(consumer, 'index.js'));

/** The names that a package exports to a program in the consumer's folder. */
function exportsIn(program: string, ...flags: string[]): string[] {
  return JSON.parse(
    execFileSync(process.execPath, [...flags, '-e', program], {
      cwd: consumer,
      encoding: 'utf8',
      env: { ...process.env, NODE_OPTIONS: '' },
    }),
  );
}
const list = 'console.log(JSON.stringify(Object.keys(m).sort()))';

describe.each(packages)('@gosync/%s, installed', (name) => {
  let exported: string[];
  beforeAll(async () => {
    exported = Object.keys(await import(`../../${name}/src/index.ts`)).sort();
  });

  it('exports to an ES module what the sources export', () => {
    const program = `import * as m from '@gosync/${name}'; ${list}`;
    expect(exportsIn(program, '--input-type=module')).toEqual(exported);
  });

  it('exports to a CommonJS module what the sources export', () => {
    const program = `const m = require('@gosync/${name}'); ${list}`;
    expect(exportsIn(program, '--input-type=commonjs')).toEqual(exported);
  });

  it('serves each kind of module its own file, and package.json to both', () => {
    const dist = join(consumer, 'node_modules/@gosync', name, 'dist');
    expect(require.resolve(`@gosync/${name}`)).toBe(join(dist, 'index.cjs'));
    expect(require(`@gosync/${name}/package.json`)).toHaveProperty('name', `@gosync/${name}`);
    const program = `const m = { [import.meta.resolve('@gosync/${name}')]: 1 }; ${list}`;
    const url = pathToFileURL(join(dist, 'index.js')).href;
    expect(exportsIn(program, '--input-type=module')).toEqual([url]);
  });

  it('hides its other files', () => {
    expect(() => require(`@gosync/${name}/dist/index.cjs`)).toThrow(/not defined by "exports"/);
    expect(() => require(`@gosync/${name}/src/index.ts`)).toThrow(/not defined by "exports"/);
  });
});

describe('source maps', () => {
  it.each(packages)('lead from an error of @gosync/%s to the line that made it', (name) => {
    const stacks: Record<string, string> = JSON.parse(
      execFileSync(process.execPath, ['--enable-source-maps', 'misuse.mjs'], {
        cwd: consumer,
        encoding: 'utf8',
      }),
    );
    const frame = /(?:file:\/\/)?(\/[^\s()]+|[a-z]:\\[^\s()]+):(\d+):\d+/i.exec(stacks[name] ?? '');
    const [, url = '', line = ''] = frame ?? [];
    const file = url.startsWith('file:') ? fileURLToPath(url) : url;
    expect(relative(consumer, file).split(sep).slice(0, 4)).toEqual([
      'node_modules',
      '@gosync',
      name,
      'src',
    ]);
    expect(readFileSync(file, 'utf8').split('\n')[Number(line) - 1]).toMatch(/new \w+Error\(/);
  });
});
