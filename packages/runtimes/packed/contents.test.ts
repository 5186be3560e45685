import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { packages } from './packages.ts';

const root = join(import.meta.dirname, '../../..');
/** What an entry point is built to. */
const kinds = ['cjs', 'cjs.map', 'd.cts', 'd.ts', 'js', 'js.map'];
/** What entry points of one package share: types and, as ES modules, code. */
const shared = /^package\/dist\/(?:driver-[\w-]+\.d\.c?ts|chunk-\w+\.js(?:\.map)?)$/;

interface SourceMap {
  readonly sources: readonly string[];
  readonly sourcesContent?: unknown;
}

describe.each(packages)('the tarball of @gosync/%s', (name) => {
  const installed = join(inject('consumer'), 'node_modules/@gosync', name);
  const read = (file: string): string => readFileSync(join(installed, file), 'utf8');
  const sources = readdirSync(join(root, 'packages', name, 'src'), {
    recursive: true,
    withFileTypes: true,
  })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      relative(join(root, 'packages', name, 'src'), join(entry.parentPath, entry.name)),
    );
  const entries = Object.keys(JSON.parse(read('package.json')).exports)
    .filter((path) => path !== './package.json')
    .map((path) => (path === '.' ? 'index' : basename(path)));

  it('holds the build, the sources, the README, the license, and nothing else', () => {
    const list = execFileSync('tar', ['-tzf', inject('tarballs')[name] ?? ''], {
      encoding: 'utf8',
    });
    const expected = [
      'LICENSE',
      'README.md',
      ...entries.flatMap((entry) => kinds.map((kind) => `dist/${entry}.${kind}`)),
      'package.json',
      ...sources.map((file) => `src/${file}`),
    ];
    const found = list.trim().split('\n');
    expect(found.filter((file) => !shared.test(file)).sort()).toEqual(
      expected.map((file) => `package/${file}`).sort(),
    );
  });

  it("has the repository's license and its own README", () => {
    expect(read('LICENSE')).toBe(readFileSync(join(root, 'LICENSE'), 'utf8'));
    expect(read('README.md')).toMatch(new RegExp(`^# @gosync/${name}$`, 'm'));
  });

  it('depends on published versions of its siblings alone', () => {
    const { version, dependencies = {} } = JSON.parse(read('package.json'));
    for (const [dependency, range] of Object.entries(dependencies)) {
      expect(dependency).toMatch(/^@gosync\/\w+$/);
      expect(range).toMatch(/^\^\d+\.\d+\.\d+$/);
    }
    expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  });

  it.each(['index.js.map', 'index.cjs.map'])('maps %s to sources that it ships', (file) => {
    const map: SourceMap = JSON.parse(read(`dist/${file}`));
    expect(map.sources.length).toBeGreaterThan(0);
    for (const source of map.sources)
      expect(sources.map((each) => `../src/${each}`)).toContain(source);
    // They are beside it: a second copy would only be larger.
    expect(map).not.toHaveProperty('sourcesContent');
  });
});
