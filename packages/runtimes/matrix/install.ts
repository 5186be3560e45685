import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../command.ts';

const cache = join(import.meta.dirname, '../node_modules/.cache/matrix');

/** The folder of an npm package that a runtime comes in. Everybody else installs without it. */
export async function install(name: string, version: string): Promise<string> {
  const folder = join(cache, `${name}-${version}`);
  const installed = join(folder, 'node_modules', name);
  if (!existsSync(installed)) {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'package.json'), '{"private":true}');
    const flags = ['--no-audit', '--no-fund', '--no-save', '--no-package-lock'];
    await run(['npm', 'install', ...flags, `${name}@${version}`], { cwd: folder });
  }
  return installed;
}

/** A file in the cache, for what is made anew in each run. */
export function scratch(name: string): string {
  return join(cache, name);
}
