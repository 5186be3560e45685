// Fails when the sources of a published package have changed and no changeset says so.
//
//   node changesets.mjs              since each package's last release
//   node changesets.mjs --since REF  since this branch left REF, as a pull request is looked at
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import read from '@changesets/read';

// A package for CommonJS, which gives Node its exports one level deeper than the types say.
export const readChangesets = 'default' in read ? /** @type {typeof read} */ (read.default) : read;

/**
 * @param {string} root
 * @param {string[]} args
 */
function git(root, ...args) {
  return execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim();
}

/**
 * The commit that gave a package its version: what came later is not released. Git knows it without tags.
 *
 * @param {string} root
 * @param {string} folder
 */
function lastRelease(root, folder) {
  if (git(root, 'rev-parse', '--is-shallow-repository') === 'true') {
    throw new Error('the history is not all here: clone with --no-single-branch and no --depth');
  }
  return git(root, 'log', '-1', '--format=%H', '-G"version":', '--', `${folder}/package.json`);
}

/**
 * The names of the published packages whose sources have changed without a changeset.
 *
 * @param {string} root
 * @param {string} [since]
 * @returns {Promise<string[]>}
 */
export async function withoutChangeset(root, since) {
  const changesets = await readChangesets(root, since);
  // An empty changeset is how one says that users will not notice.
  if (changesets.some(({ releases }) => releases.length === 0)) return [];
  const named = new Set(changesets.flatMap(({ releases }) => releases.map(({ name }) => name)));
  const branch = since === undefined ? undefined : git(root, 'merge-base', since, 'HEAD');
  return readdirSync(join(root, 'packages'))
    .map((folder) => `packages/${folder}`)
    .filter((folder) => {
      const manifest = readFileSync(join(root, folder, 'package.json'), 'utf8');
      const { name, private: isPrivate, version } = JSON.parse(manifest);
      if (isPrivate || named.has(name)) return false;
      if (branch === undefined && version === '0.0.0') return true;
      const base = branch ?? lastRelease(root, folder);
      return git(root, 'diff', '--name-only', base, '--', `${folder}/src`) !== '';
    })
    .map((folder) => `@gosync/${folder.replace('packages/', '')}`);
}

if (process.argv[1] === import.meta.filename) {
  const { since } = parseArgs({ options: { since: { type: 'string' } } }).values;
  const names = await withoutChangeset(join(import.meta.dirname, '../../..'), since);
  for (const name of names) console.error(`${name}: the sources changed without a changeset`);
  if (names.length > 0) {
    console.error(
      'Describe the change with `pnpm changeset`; `pnpm changeset --empty` if no user will notice.',
    );
    process.exitCode = 1;
  }
}
