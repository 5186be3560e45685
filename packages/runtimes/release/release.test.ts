import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readChangesets } from './changesets.mjs';
import { Consumer } from './example.ts';
import { Registry } from './registry.ts';
import { Workspace } from './workspace.ts';

const packages = [
  'context',
  'semaphore',
  'errgroup',
  'singleflight',
  'syncmap',
  'tasks',
  'redis',
] as const;
type Versions = Readonly<Record<string, string>>;

let registry: Registry;
let workspace: Workspace;

async function versions(): Promise<Versions> {
  const entries = packages.map(async (name) => [name, await workspace.version(name)] as const);
  return Object.fromEntries(await Promise.all(entries));
}

/** The tags that publishing leaves behind, which say what was published. */
async function tags(): Promise<string[]> {
  return (await workspace.git('tag', '--list')).trim().split('\n').sort();
}

function tagsOf(all: Versions): string[] {
  return Object.entries(all).map(([name, version]) => `@gosync/${name}@${version}`);
}

function next(version: string, type: 'patch' | 'minor'): string {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  return type === 'minor' ? `${major}.${minor + 1}.0` : `${major}.${minor}.${patch + 1}`;
}

async function section(name: string, version: string): Promise<string> {
  const changelog = await workspace.read(`packages/${name}/CHANGELOG.md`);
  const [, found = ''] = changelog.split(`## ${version}\n`);
  return found.split(/^## /m)[0]?.trim() ?? '';
}

/** Links to commits differ in every run. */
function withoutCommits(text: string): string {
  return text.replaceAll(/\[[0-9a-f]{7}\]\((\S+\/commit\/)[0-9a-f]{40}\)/g, '[commit]($1…)');
}

beforeAll(async () => {
  [registry, workspace] = await Promise.all([Registry.start(), Workspace.copy()]);
});

afterAll(async () => {
  await Promise.all([registry.stop(), workspace.remove()]);
});

// Each test goes on from where the last left off, as releases do.
describe('a release', () => {
  it('gives every package its pending version, with a changelog, and publishes it', async () => {
    const before = await versions();
    const pending = (await readChangesets(workspace.folder)).flatMap(({ releases }) => releases);
    await workspace.release();
    const after = await versions();
    const minors = new Set(pending.filter(({ type }) => type === 'minor').map(({ name }) => name));
    for (const name of packages.filter((each) => minors.has(`@gosync/${each}`))) {
      expect(after[name]).toBe(next(before[name] ?? '', 'minor'));
    }
    await workspace.publish(registry.environment);
    expect(await tags()).toEqual(tagsOf(after).sort());
    for (const name of packages) {
      const changelog = await workspace.read(`packages/${name}/CHANGELOG.md`);
      expect(changelog).toMatch(`# @gosync/${name}\n\n## ${after[name]}\n`);
    }
  });

  // That of redis needs a client and a server: it runs in the tests of the packed packages.
  const alone = packages.filter((name) => name !== 'redis');

  it.each(alone)('of @gosync/%s alone runs the first example of its README', async (name) => {
    const consumer = await Consumer.create(registry.environment);
    await consumer.install(name);
    expect(await consumer.version(name)).toBe(await workspace.version(name));
    expect(await consumer.runExample(name)).toEqual([]);
    await consumer.remove();
  });

  it('of a patch in context publishes context and nothing else, and reaches dependents', async () => {
    const before = await versions();
    const known = await tags();
    await workspace.change('context', 'patch', 'Deadlines end on time.\n\nThey were late.');
    await workspace.release();
    const context = next(before['context'] ?? '', 'patch');
    expect(await versions()).toEqual({ ...before, context });
    expect(withoutCommits(await section('context', context))).toBe(
      '### Patch Changes\n\n' +
        '- Deadlines end on time. ([commit](https://github.com/gosync/gosync/commit/…))\n\n' +
        '  They were late.',
    );
    await workspace.publishAgain(registry.environment);
    expect(await tags()).toEqual([...known, `@gosync/context@${context}`].sort());
    const consumer = await Consumer.create(registry.environment);
    await consumer.install('errgroup');
    expect(await consumer.version('context')).toBe(context);
    await consumer.remove();
  });

  it('of a minor change in context takes its dependents along, by a patch', async () => {
    const before = await versions();
    await workspace.change('context', 'minor', 'A new function.');
    await workspace.release();
    const context = next(before['context'] ?? '', 'minor');
    const dependents = Object.fromEntries(
      ['semaphore', 'errgroup', 'singleflight', 'tasks', 'redis'].map((name) => [
        name,
        next(before[name] ?? '', 'patch'),
      ]),
    );
    expect(await versions()).toEqual({ ...before, context, ...dependents });
    const anchor = context.replaceAll('.', '');
    const page = 'https://github.com/gosync/gosync/blob/main/packages/context/CHANGELOG.md';
    expect(await section('singleflight', dependents['singleflight'] ?? '')).toBe(
      `### Patch Changes\n\n- Depends on [@gosync/context ${context}](${page}#${anchor}).`,
    );
  });

  it('of a patch in syncmap leaves all others alone', async () => {
    const before = await versions();
    await workspace.change('syncmap', 'patch', 'Faster.');
    await workspace.release();
    expect(await versions()).toEqual({
      ...before,
      syncmap: next(before['syncmap'] ?? '', 'patch'),
    });
  });

  it('would be published with provenance by the workflow, which pnpm can do only there', async () => {
    const workflow = await workspace.read('.github/workflows/release.yml');
    const [, variable = '', value = ''] = /^ *(\w+PROVENANCE): (\w+)$/m.exec(workflow) ?? [];
    const environment = { ...registry.environment, [variable]: value, GITHUB_ACTIONS: '' };
    await expect(workspace.publishAgain(environment)).rejects.toThrow(
      'ERR_PNPM_PROVENANCE_UNSUPPORTED_PROVIDER',
    );
  });

  it('links to the pull request a changeset came with', async () => {
    const changelog = await workspace.read('packages/syncmap/CHANGELOG.md');
    expect(changelog).toContain('([#1](https://github.com/gosync/gosync/pull/1))');
  });
});
