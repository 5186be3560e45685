import { existsSync, readFileSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { files, pageAt, pages } from './site.ts';

const root = new URL('../../', import.meta.url);
const repository =
  /^https:\/\/github\.com\/gosync\/gosync\/(?<kind>blob|tree)\/main\/(?<path>[^#]*)(?:#L(?<line>\d+))?$/;

/** Why a link leads nowhere; nothing if it does not, or leads out of the project. */
function problem(href: string, from: string): string | undefined {
  const inRepository = repository.exec(href)?.groups;
  if (inRepository) return missingFile(inRepository);
  if (/^(?:https?|mailto):/.test(href)) return undefined;
  const url = new URL(href, `http://site/${from}`);
  const path = decodeURIComponent(url.pathname);
  const page = pageAt(path);
  if (!page) return files.has(path.slice(1)) ? undefined : 'no such page';
  const anchor = decodeURIComponent(url.hash.slice(1));
  return anchor === '' || page.anchors.has(anchor) ? undefined : 'no such heading';
}

function missingFile({
  kind,
  path = '',
  line,
}: Readonly<Record<string, string>>): string | undefined {
  const file = new URL(path, root);
  if (!existsSync(file)) return 'no such file';
  if (statSync(file).isDirectory() !== (kind === 'tree')) return 'a folder is not a file';
  if (line === undefined) return undefined;
  const { length } = readFileSync(file, 'utf8').split('\n');
  return Number(line) <= length ? undefined : `the file has ${length} lines`;
}

describe('problem()', () => {
  it('knows what is not there', () => {
    expect(problem('/guide/nowhere', 'index.html')).toBe('no such page');
    expect(problem('./nowhere', 'guide/limits.html')).toBe('no such page');
    expect(problem('#nowhere', 'guide/limits.html')).toBe('no such heading');
    expect(problem('/api/semaphore#nowhere', 'index.html')).toBe('no such heading');
    const blob = 'https://github.com/gosync/gosync/blob/main/';
    expect(problem(`${blob}nowhere.md`, 'index.html')).toBe('no such file');
    expect(problem(`${blob}packages`, 'index.html')).toBe('a folder is not a file');
    expect(problem(`${blob}LICENSE#L9999`, 'index.html')).toMatch(/the file has \d+ lines/);
  });

  it('finds what is there', () => {
    expect(problem('/', 'index.html')).toBeUndefined();
    expect(problem('/api/semaphore#weighted', 'index.html')).toBeUndefined();
    expect(problem('./design.html', 'guide/limits.html')).toBeUndefined();
    expect(problem('https://github.com/gosync/gosync/tree/main/packages', '')).toBeUndefined();
  });
});

describe('the site', () => {
  it.each([...pages.values()])('has no link that leads nowhere: $path', ({ path, html }) => {
    const hrefs = html.querySelectorAll('a[href]').map((link) => link.getAttribute('href') ?? '');
    const dead = [...new Set(hrefs)]
      .map((href) => ({ href, why: problem(href, path) }))
      .filter(({ why }) => why !== undefined);
    expect(dead).toEqual([]);
  });

  it('can be reached whole from its first page', () => {
    const reached = new Set(['index.html']);
    for (const path of reached) {
      for (const link of pages.get(path)?.html.querySelectorAll('a[href]') ?? []) {
        const url = new URL(link.getAttribute('href') ?? '', `http://site/${path}`);
        const page = url.host === 'site' ? pageAt(url.pathname) : undefined;
        if (page) reached.add(page.path);
      }
    }
    expect([...pages.keys()].filter((path) => !reached.has(path))).toEqual(['404.html']);
  });
});
