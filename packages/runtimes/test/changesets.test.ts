import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withoutChangeset } from '../release/changesets.mjs';

let root: string;

function git(...args: string[]): void {
  const identity = ['-c', 'user.name=test', '-c', 'user.email=test@localhost'];
  execFileSync('git', [...identity, ...args], { cwd: root });
}

function commit(files: Readonly<Record<string, string>>): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  git('add', '.');
  git('commit', '--quiet', '--message', 'change');
}

function manifest(name: string, version: string): string {
  return JSON.stringify({ name: `@gosync/${name}`, version }, undefined, 2);
}

function changeset(...names: string[]): string {
  return `---\n${names.map((name) => `'@gosync/${name}': patch\n`).join('')}---\n\nText.\n`;
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'gosync-changesets-'));
  git('init', '--quiet', '--initial-branch=main');
  commit({
    '.changeset/README.md': '# Changesets\n',
    'packages/a/package.json': manifest('a', '0.1.0'),
    'packages/a/src/index.ts': '1',
    'packages/b/package.json': manifest('b', '0.1.0'),
    'packages/b/src/index.ts': '1',
    'packages/own/package.json': '{ "name": "@gosync/own", "private": true }',
    'packages/own/src/index.ts': '1',
  });
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

describe('withoutChangeset()', () => {
  it('names no package that is as it was released', async () => {
    expect(await withoutChangeset(root)).toEqual([]);
  });

  it('names a package whose sources changed', async () => {
    commit({ 'packages/a/src/index.ts': '2' });
    expect(await withoutChangeset(root)).toEqual(['@gosync/a']);
  });

  it('names a package whose sources changed in ways that are not committed yet', async () => {
    writeFileSync(join(root, 'packages/a/src/index.ts'), '2');
    expect(await withoutChangeset(root)).toEqual(['@gosync/a']);
  });

  it('names no package whose tests or README changed, and no private one', async () => {
    commit({
      'packages/a/test/a.test.ts': '2',
      'packages/a/README.md': '2',
      'packages/own/src/index.ts': '2',
    });
    expect(await withoutChangeset(root)).toEqual([]);
  });

  it('is content with a changeset for the package, and with no other one', async () => {
    commit({ 'packages/a/src/index.ts': '2', '.changeset/b.md': changeset('b') });
    expect(await withoutChangeset(root)).toEqual(['@gosync/a']);
    commit({ '.changeset/a.md': changeset('a') });
    expect(await withoutChangeset(root)).toEqual([]);
  });

  it('is content with an empty changeset', async () => {
    commit({ 'packages/a/src/index.ts': '2', '.changeset/none.md': '---\n---\n' });
    expect(await withoutChangeset(root)).toEqual([]);
  });

  it('begins anew at a release', async () => {
    commit({ 'packages/a/src/index.ts': '2' });
    commit({ 'packages/a/package.json': manifest('a', '0.1.1') });
    expect(await withoutChangeset(root)).toEqual([]);
    commit({ 'packages/a/src/index.ts': '3' });
    expect(await withoutChangeset(root)).toEqual(['@gosync/a']);
  });

  it('does not begin anew when something else in a package.json changes', async () => {
    commit({ 'packages/a/src/index.ts': '2' });
    commit({ 'packages/a/package.json': manifest('a', '0.1.0').replace('{', '{"type":"module",') });
    expect(await withoutChangeset(root)).toEqual(['@gosync/a']);
  });

  it('names a package that was never released', async () => {
    commit({ 'packages/c/package.json': manifest('c', '0.0.0'), 'packages/c/src/index.ts': '1' });
    expect(await withoutChangeset(root)).toEqual(['@gosync/c']);
  });

  it('asks of a branch a changeset of its own', async () => {
    commit({ 'packages/a/src/index.ts': '2', '.changeset/a.md': changeset('a') });
    git('checkout', '--quiet', '-b', 'branch');
    expect(await withoutChangeset(root, 'main')).toEqual([]);
    commit({ 'packages/a/src/index.ts': '3' });
    expect(await withoutChangeset(root)).toEqual([]);
    expect(await withoutChangeset(root, 'main')).toEqual(['@gosync/a']);
    commit({ '.changeset/more.md': changeset('a') });
    expect(await withoutChangeset(root, 'main')).toEqual([]);
  });

  it('does not guess when it has only part of the history', async () => {
    const clone = `${root}/clone`;
    commit({ 'packages/a/src/index.ts': '2' });
    git('clone', '--quiet', '--depth=1', `file://${root}`, clone);
    await expect(withoutChangeset(clone)).rejects.toThrow('the history is not all here');
  });
});
