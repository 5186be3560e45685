import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { arch, availableParallelism, cpus, totalmem, type } from 'node:os';
import { join } from 'node:path';

// What the other development dependencies are.
const tools = new Set(['esbuild', 'prettier']);

const root = join(import.meta.dirname, '..');

/** What the figures depend on. No name of a host, a user or a folder. */
export function machine() {
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
    os: `${type()} ${arch()}`,
  };
}

/**
 * The kind of a processor, as a file is named: `amd-epyc`, `intel-xeon`, `apple-m2`.
 * @param {string} cpu
 */
export function kind(cpu) {
  const words = cpu.replaceAll(/\([^)]*\)/g, ' ').match(/[a-z0-9]+/gi) ?? ['unknown'];
  return words.slice(0, 2).join('-').toLowerCase();
}

/** The commit that is measured, with `+` when there are changes to it. */
export function commit() {
  try {
    const git = (/** @type {string[]} */ ...args) =>
      execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim();
    const changed = git('status', '--porcelain', '--', '../*/src', '.') !== '';
    return git('rev-parse', '--short', 'HEAD') + (changed ? '+' : '');
  } catch {
    return 'unknown';
  }
}

/** The version of each package that ours are compared with. */
export function packages() {
  const { devDependencies } = read(join(root, 'package.json'));
  return Object.fromEntries(
    Object.keys(devDependencies)
      .filter((name) => !tools.has(name))
      .map((name) => {
        const found = read(join(root, 'node_modules', name, 'package.json'));
        return [found.name, found.version];
      }),
  );
}

/**
 * @param {string} file
 * @returns {{ name: string, version: string, devDependencies: { [name: string]: string } }}
 */
function read(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}
