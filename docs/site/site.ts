import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type HTMLElement, parse } from 'node-html-parser';

const dist = fileURLToPath(new URL('../.vitepress/dist/', import.meta.url));
if (!existsSync(dist)) throw new Error('the site has not been built: run `pnpm docs:build` first');

/** All files of the built site, by their paths from its root. */
export const files: ReadonlySet<string> = new Set(
  readdirSync(dist, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(dist, join(entry.parentPath, entry.name))),
);

/** The text of a file of the built site. */
export function read(path: string): string {
  return readFileSync(join(dist, path), 'utf8');
}

export interface Page {
  readonly path: string;
  readonly html: HTMLElement;
  /** What a link can point at. */
  readonly anchors: ReadonlySet<string>;
}

export const pages: ReadonlyMap<string, Page> = new Map(
  [...files]
    .filter((path) => path.endsWith('.html'))
    .map((path) => {
      const html = parse(read(path), { comment: false });
      const anchors = new Set(html.querySelectorAll('[id]').map(({ id }) => id));
      return [path, { path, html, anchors }];
    }),
);

/** The page behind a path as links write it, without `.html`. */
export function pageAt(path: string): Page | undefined {
  const name = path.replace(/^\//, '');
  return (
    pages.get(name) ??
    pages.get(`${name}.html`) ??
    pages.get(`${name.replace(/\/$/, '')}/index.html`.replace(/^\//, ''))
  );
}
