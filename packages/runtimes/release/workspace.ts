import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../command.ts';

const root = join(import.meta.dirname, '../../..');

/** A copy of this repository, as it is on disk, in which releases can be made. */
export class Workspace {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async copy(): Promise<Workspace> {
    const folder = await mkdtemp(join(tmpdir(), 'gosync-release-'));
    const workspace = new Workspace(folder);
    const list = await run(['git', 'ls-files', '-coz', '--exclude-standard'], { cwd: root });
    for (const file of list.split('\0').filter(Boolean)) {
      // Listed, but deleted on disk.
      await cp(join(root, file), join(folder, file)).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOENT') throw error;
      });
    }
    await workspace.git('init', '--quiet', '--initial-branch=main');
    // Tags are made with it too, by a command that is not run here.
    await workspace.git('config', 'user.name', 'test');
    await workspace.git('config', 'user.email', 'test@localhost');
    await workspace.commit('Begin (#1)');
    await run(['pnpm', 'install', '--frozen-lockfile', '--prefer-offline'], { cwd: folder });
    return workspace;
  }

  git(...args: string[]): Promise<string> {
    return run(['git', ...args], { cwd: this.folder });
  }

  async commit(subject: string): Promise<void> {
    await this.git('add', '.');
    await this.git('commit', '--quiet', '--allow-empty', '--message', subject);
  }

  read(file: string): Promise<string> {
    return readFile(join(this.folder, file), 'utf8');
  }

  async version(name: string): Promise<string> {
    return JSON.parse(await this.read(`packages/${name}/package.json`)).version;
  }

  /** Describes a change, as `pnpm changeset` does. */
  async change(name: string, type: 'patch' | 'minor', text: string): Promise<void> {
    const file = join(this.folder, '.changeset', `${name}-${type}.md`);
    await writeFile(file, `---\n'@gosync/${name}': ${type}\n---\n\n${text}\n`);
    await this.commit(`Change ${name}`);
  }

  /** What merging the pull request with the versions does. */
  async release(): Promise<void> {
    await run(['pnpm', 'changeset', 'version'], { cwd: this.folder });
    await this.commit('Version packages');
  }

  /** Builds, checks and publishes, as the release workflow does after that. */
  publish(environment: Readonly<Record<string, string>>): Promise<string> {
    return run(['pnpm', 'release'], { cwd: this.folder, environment });
  }

  /** Publishes what was built before: a version is not part of the build. */
  publishAgain(environment: Readonly<Record<string, string>>): Promise<string> {
    return run(['pnpm', 'changeset', 'publish'], { cwd: this.folder, environment });
  }

  remove(): Promise<void> {
    return rm(this.folder, { recursive: true });
  }
}
