import { readFileSync, statSync } from 'node:fs';
import { origin } from '../.vitepress/head.ts';
import { root } from '../fences/fence.ts';
import { markdown } from './markdown.ts';
import { files, pageAt } from './site.ts';

/** How the pages link to files of the repository. */
const published = /^https:\/\/github\.com\/gosync\/gosync\/(?<kind>blob|tree)\/main\/(?<path>.*)$/;

/** Why a link leads nowhere; nothing if it does not, or leads out of the project. */
export function problem(link: URL): string | undefined {
  if (link.origin === origin) return onSite(link);
  if (link.protocol === 'file:') return inRepository(link);
  const { kind, path } = published.exec(link.href)?.groups ?? {};
  return path === undefined ? undefined : inRepository(new URL(path, root), kind);
}

/** The same for what a page loads, which has to be of the site. */
export function assetProblem(asset: URL): string | undefined {
  if (asset.protocol === 'data:') return undefined;
  return asset.origin === origin ? onSite(asset) : 'not of this site';
}

function onSite({ pathname, hash }: URL): string | undefined {
  const path = decodeURIComponent(pathname);
  const page = pageAt(path);
  if (!page) return files.has(path.slice(1)) ? undefined : 'no such page';
  const anchor = decodeURIComponent(hash.slice(1));
  return anchor === '' || page.anchors.has(anchor) ? undefined : 'no such heading';
}

function inRepository(link: URL, kind?: string): string | undefined {
  const anchor = decodeURIComponent(link.hash.slice(1));
  const file = new URL(link.pathname, root);
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found) return 'no such file';
  if (kind !== undefined && found.isDirectory() !== (kind === 'tree'))
    return 'a folder is not a file';
  return anchor === '' ? undefined : missing(anchor, readFileSync(file, 'utf8'));
}

/** Why a file does not have the line or the heading that a link names. */
function missing(anchor: string, text: string): string | undefined {
  const line = /^L(\d+)$/.exec(anchor)?.[1];
  if (line === undefined) {
    return markdown(text).anchors.has(anchor) ? undefined : 'no such heading';
  }
  const { length } = text.split('\n');
  return Number(line) <= length ? undefined : `the file has ${length} lines`;
}
