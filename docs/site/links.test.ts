import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { origin } from '../.vitepress/head.ts';
import { root } from '../fences/fence.ts';
import { files as written } from '../fences/files.ts';
import { assetProblem, problem } from './links.ts';
import { markdown } from './markdown.ts';
import { files, type Page, pageAt, pages, read } from './site.ts';

type Resolve = (link: string) => URL;

/** Of links, those that lead nowhere, each with the reason. */
function dead(
  links: Iterable<string>,
  resolve: Resolve,
  why: (link: URL) => string | undefined = problem,
): string[] {
  return [...new Set(links)].flatMap((link) => {
    const reason = why(resolve(link));
    return reason === undefined ? [] : [`${link}: ${reason}`];
  });
}

const onPage =
  (path: string): Resolve =>
  (link) =>
    new URL(link, new URL(path, origin));
/** A file of Markdown links to files beside it, or with a `/` to pages of the site. */
const inFile =
  (path: string): Resolve =>
  (link) =>
    new URL(link, link.startsWith('/') ? origin : new URL(path, root));

const linksOf = ({ html }: Page): string[] =>
  html.querySelectorAll('a[href]').map((link) => link.getAttribute('href') ?? '');

/** What a page loads by itself, or when it is needed. */
const assetsOf = ({ html }: Page): string[] =>
  ['src', 'srcset', 'poster', 'data', 'action', 'href'].flatMap((name) =>
    html
      .querySelectorAll(name === 'href' ? 'link[href]:not([rel="canonical"])' : `[${name}]`)
      .map((element) => element.getAttribute(name) ?? ''),
  );

const assetsOfSheet = (css: string): string[] =>
  Array.from(css.matchAll(/(?:url\(\s*["']?|@import\s+["'])([^"')]+)/g), ([, url = '']) => url);

describe('a page of the site', () => {
  it.each([...pages.values()])('has no link that leads nowhere: $path', (page) => {
    expect(dead(linksOf(page), onPage(page.path))).toEqual([]);
  });

  it.each([...pages.values()])('loads what is there, and of the site: $path', (page) => {
    const assets = assetsOf(page);
    expect(assets.length).toBeGreaterThan(0);
    expect(dead(assets, onPage(page.path), assetProblem)).toEqual([]);
  });

  it('can be reached from the first, unless it is the one for what is not there', () => {
    const reached = new Set(['index.html']);
    for (const path of reached) {
      const page = pages.get(path);
      for (const link of page ? linksOf(page) : []) {
        const url = onPage(path)(link);
        const next = url.origin === origin ? pageAt(url.pathname) : undefined;
        if (next) reached.add(next.path);
      }
    }
    expect([...pages.keys()].filter((path) => !reached.has(path))).toEqual(['404.html']);
  });
});

describe('a style sheet of the site', () => {
  const sheets = [...files].filter((path) => path.endsWith('.css'));

  it.each(sheets)('loads what is there, and of the site: %s', (path) => {
    expect(dead(assetsOfSheet(read(path)), onPage(path), assetProblem)).toEqual([]);
  });
});

describe('a file of Markdown', () => {
  const paths = written().filter((path) => path.endsWith('.md'));

  it.each(paths)(
    'has no link that leads nowhere, as one reads it in the repository: %s',
    (path) => {
      const { links } = markdown(readFileSync(new URL(path, root), 'utf8'));
      expect(dead(links, inFile(path))).toEqual([]);
    },
  );
});

describe('a link', () => {
  const blob = 'https://github.com/gosync/gosync/blob/main/';

  it.each([
    ['/guide/nowhere', 'no such page'],
    ['./nowhere', 'no such page'],
    ['#nowhere', 'no such heading'],
    ['/api/semaphore#nowhere', 'no such heading'],
    [`${origin}/nowhere`, 'no such page'],
    [`${blob}nowhere.md`, 'no such file'],
    [`${blob}packages`, 'a folder is not a file'],
    [`${blob}README.md#nowhere`, 'no such heading'],
    [`${blob}LICENSE#L9999`, expect.stringMatching(/^the file has \d+ lines$/)],
  ])('of a page is found to lead nowhere: %s', (link, why) => {
    expect(problem(onPage('guide/limits.html')(link))).toEqual(why);
  });

  it('of a page is found to lead somewhere', () => {
    const links = ['/', '/api/semaphore#weighted', './design.html', '/favicon.svg', 'mailto:a@b.c'];
    const away = [`${blob}LICENSE#L1`, 'https://github.com/gosync/gosync/tree/main/packages'];
    expect(dead([...links, ...away], onPage('guide/limits.html'))).toEqual([]);
  });

  it('of a file of Markdown is found to lead nowhere', () => {
    const { links } = markdown(
      '[a](#errors) [b](./limits.md) [c](/guide/limits)\n\n[d](#nowhere) ![e](e.svg) [f]\n\n[f]: /nowhere\n',
    );
    expect(dead(links, inFile('docs/guide/design.md'))).toEqual([
      '#nowhere: no such heading',
      'e.svg: no such file',
      '/nowhere: no such page',
    ]);
  });

  it('to what a page loads is found to lead nowhere, or elsewhere', () => {
    const css = '@import "./a.css"; b { src: url( "https://b/") } c { src: url(data:,c) }';
    expect(dead(assetsOfSheet(css), onPage('/assets/style.css'), assetProblem)).toEqual([
      './a.css: no such page',
      'https://b/: not of this site',
    ]);
  });
});

describe('markdown()', () => {
  it('finds the headings as GitHub names them', () => {
    const { anchors } = markdown('# `Weighted.acquire()`, _twice_\n## Cost\n## Cost\n');
    expect([...anchors]).toEqual(['weightedacquire-twice', 'cost', 'cost-1']);
  });
});
