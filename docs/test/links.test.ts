import { existsSync, readFileSync } from 'node:fs';
import type { Nodes } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { describe, expect, it } from 'vitest';
import { root } from '../fences/fence.ts';
import { files } from '../fences/files.ts';

/** The addresses of all links and images of a page that are relative to it. */
function relativeLinks(page: string): string[] {
  const found: string[] = [];
  const visit = (node: Nodes): void => {
    if (
      (node.type === 'link' || node.type === 'image' || node.type === 'definition') &&
      !/^(?:[a-z]+:|\/|#)/.test(node.url)
    ) {
      found.push(node.url);
    }
    if ('children' in node) for (const child of node.children) visit(child);
  };
  visit(fromMarkdown(page));
  return found;
}

describe('a page of Markdown', () => {
  const pages = files().filter((path) => path.endsWith('.md'));

  it.each(pages)('links to files that exist, as one reads it in the repository: %s', (path) => {
    const links = relativeLinks(readFileSync(new URL(path, root), 'utf8'));
    const dead = links.filter(
      (link) => !existsSync(new URL(link.replace(/#.*/, ''), new URL(path, root))),
    );
    expect(dead).toEqual([]);
  });

  it('has its links found', () => {
    expect(
      relativeLinks(
        '[a](./b.md#c) ![d](e.svg) [f]: /g\n\n[h](https://i/) [j](#k)\n\n[l]: m.md\n\n[l]',
      ),
    ).toEqual(['./b.md#c', 'e.svg', 'm.md']);
  });
});
