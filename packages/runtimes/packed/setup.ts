import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';
import { packages } from './packages.ts';

const run = promisify(execFile);

/** Packs the packages, and installs them into an empty folder as a user does, without a network. */
export async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  // Resolved, as the temporary folder may be a link and module paths never are.
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'gosync-packed-')));
  const tarballs: Record<string, string> = {};
  await Promise.all(
    packages.map(async (name) => {
      const cwd = join(import.meta.dirname, '../..', name);
      const destination = join(folder, 'tarballs', name);
      await run('pnpm', ['pack', '--pack-destination', destination], { cwd });
      const [file] = await readdir(destination);
      if (file === undefined) throw new Error(`${name}: nothing was packed`);
      tarballs[name] = join(destination, file);
    }),
  );
  const consumer = join(folder, 'consumer');
  await cp(join(import.meta.dirname, 'fixtures'), consumer, { recursive: true });
  await writeFile(join(consumer, 'package.json'), '{"private":true}');
  const install = ['install', '--offline', '--no-audit', '--no-fund', '--ignore-scripts'];
  await run('npm', [...install, ...Object.values(tarballs)], { cwd: consumer });
  provide('consumer', consumer);
  provide('tarballs', tarballs);
  return () => rm(folder, { recursive: true });
}
