import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { files, pages, read } from './site.ts';

/** What a page may load of scripts, in bytes as they are sent. */
const budget = 200_000;

const content = (path: string, selector: string): string =>
  pages.get(path)?.html.querySelector(selector)?.getAttribute('content') ?? '';
const found = [...pages.keys()].filter((path) => path !== '404.html');

/** The scripts that a page loads before anybody does anything. */
function scripts(path: string): string[] {
  const html = pages.get(path)?.html;
  const links = html?.querySelectorAll('script[src], link[rel="modulepreload"]') ?? [];
  const all = links.map((link) => link.getAttribute('src') ?? link.getAttribute('href') ?? '');
  return [...new Set(all.map((url) => url.replace(/^\//, '')))];
}

describe('every page of the site', () => {
  it('has a title and a description of its own', () => {
    const titles = found.map((path) => pages.get(path)?.html.querySelector('title')?.text);
    expect(new Set(titles).size).toBe(found.length);
    const short = found.filter((path) => content(path, 'meta[name="description"]').length < 20);
    expect(short).toEqual([]);
    const long = found.filter((path) => content(path, 'meta[name="description"]').length > 170);
    expect(long).toEqual([]);
  });

  it('has a card, whose picture is there', () => {
    const without = found.filter(
      (path) => !content(path, 'meta[property="og:image"]').endsWith('/social.png'),
    );
    expect(without).toEqual([]);
    expect(files).toContain('social.png');
  });

  it('is in the sitemap', () => {
    const sitemap = read('sitemap.xml');
    const missing = found.filter((path) => {
      const link = pages.get(path)?.html.querySelector('link[rel="canonical"]');
      return !sitemap.includes(`<loc>${link?.getAttribute('href') ?? 'none'}</loc>`);
    });
    expect(missing).toEqual([]);
  });

  it('loads at most 200 kB of scripts', () => {
    const sizes = found.map((path) => {
      const loaded = scripts(path);
      expect(loaded.length).toBeGreaterThan(1);
      const bytes = loaded.map((name) => gzipSync(read(name)).length);
      return { path, bytes: bytes.reduce((sum, size) => sum + size, 0) };
    });
    expect(sizes.filter(({ bytes }) => bytes > budget)).toEqual([]);
  });
});

describe('the page for what is not there', () => {
  it('is no page to be found', () => {
    expect(content('404.html', 'meta[name="robots"]')).toBe('noindex');
  });
});
