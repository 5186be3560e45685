import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '@gosync/runtimes/command';

export const folder: string = join(import.meta.dirname, 'cases');
/** Made by the run; below the folder where the libraries are found. */
export const scratch: string = join(folder, 'node_modules/.cache');

/** The files of the cases whose names contain one of `parts`; all when there is none. */
export function cases(parts: readonly string[]): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))
    .filter((name) => parts.length === 0 || parts.some((part) => name.includes(part)))
    .sort()
    .map((name) => join(folder, name));
}

/** Installs the libraries, in the exact versions of the lockfile. Nobody else installs them. */
export async function install(): Promise<void> {
  await run(['pnpm', 'install', '--frozen-lockfile', '--prefer-offline'], { cwd: folder });
}

const manifest: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

/** The version in which a library is installed; absent for what is none. */
export function version(library: string): string | undefined {
  if (typeof manifest !== 'object' || manifest === null) return undefined;
  if (!('dependencies' in manifest)) return undefined;
  const { dependencies } = manifest;
  if (typeof dependencies !== 'object' || dependencies === null) return undefined;
  const found = Object.entries(dependencies).find(([name]) => name === library)?.[1];
  // An alias names the package before its version: npm:node-fetch@2.7.0.
  return typeof found === 'string' ? found.split('@').at(-1) : undefined;
}
