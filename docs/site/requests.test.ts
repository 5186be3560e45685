import { describe, expect, it } from 'vitest';
import { files, pages, read } from './site.ts';

const remote = /^(?:[a-z][a-z+.-]*:)?\/\//i;

// What the scripts mention without asking it for anything: names of XML, and texts.
const mentioned = new Set([
  'http://www.w3.org/2000/svg',
  'http://www.w3.org/1999/xlink',
  'http://www.w3.org/1998/Math/MathML',
  'http://a.com', // the base that Vue resolves relative addresses against
  'https://vuejs.org/error-reference/',
  'https://docsearch.algolia.com', // a link in a search that this site does not use
  'https://api.iconify.design/simple-icons/', // for icons that are not in vp-icons.css: see below
]);

describe('the site', () => {
  it.each([...pages.values()])('takes all it shows from itself: $path', ({ html }) => {
    const sources = html
      .querySelectorAll(
        '[src], [srcset], [poster], [data], link[href]:not([rel="canonical"]), form[action]',
      )
      .flatMap((element) =>
        [
          'src',
          'srcset',
          'poster',
          'data',
          'action',
          ...(element.tagName === 'LINK' ? ['href'] : []),
        ].flatMap((name) => element.getAttribute(name) ?? []),
      );
    expect(sources.length).toBeGreaterThan(0);
    expect(sources.filter((source) => remote.test(source))).toEqual([]);
    const missing = sources.filter(
      (source) => source.startsWith('/') && !files.has(source.slice(1)),
    );
    expect(missing).toEqual([]);
  });

  it('has style sheets that load nothing from elsewhere', () => {
    const sheets = [...files].filter((path) => path.endsWith('.css')).map(read);
    expect(sheets.length).toBeGreaterThan(0);
    const loads = /(?:url\(\s*["']?|@import\s+["'])([^"')]+)/g;
    const loaded = sheets.flatMap((sheet) =>
      Array.from(sheet.matchAll(loads), ([, url = '']) => url),
    );
    expect(loaded.filter((url) => remote.test(url))).toEqual([]);
  });

  it('has scripts that name no address but those that are known', () => {
    // Pages are left out: they hold the links of their text.
    const scripts = [...files].filter(
      (path) => path.endsWith('.js') && !/\.md\.[^/]+\.js$/.test(path),
    );
    expect(scripts.length).toBeGreaterThan(0);
    const comments = /\/\*[\s\S]*?\*\//g;
    const found = scripts
      .filter((path) => !/localSearchIndex/.test(path))
      .flatMap(
        (path) =>
          read(path)
            .replaceAll(comments, '')
            .match(/https?:\/\/[\w./-]+/g) ?? [],
      );
    expect([...new Set(found)].filter((address) => !mentioned.has(address))).toEqual([]);
  });

  it('has every icon that it shows', () => {
    const icons = read('vp-icons.css');
    const shown = [...pages.values()].flatMap(({ html }) =>
      html.querySelectorAll('[class*="vpi-social-"]').flatMap((icon) => icon.classList.value),
    );
    const missing = shown.filter(
      (name) => name.startsWith('vpi-social-') && !icons.includes(`.${name}{`),
    );
    expect(missing).toEqual([]);
    expect(shown).toContain('vpi-social-github');
  });
});
