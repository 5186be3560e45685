import type { Nodes } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';

/** What a page of Markdown links to, as it is written, and what a link can point at, as GitHub shows the page. */
export interface Markdown {
  readonly links: readonly string[];
  readonly anchors: ReadonlySet<string>;
}

export function markdown(text: string): Markdown {
  const links: string[] = [];
  const anchors = new Set<string>();
  const visit = (node: Nodes): void => {
    if (node.type === 'link' || node.type === 'image' || node.type === 'definition') {
      links.push(node.url);
    }
    if (node.type === 'heading') anchors.add(unused(slug(textOf(node)), anchors));
    if ('children' in node) for (const child of node.children) visit(child);
  };
  visit(fromMarkdown(text));
  return { links, anchors };
}

function textOf(node: Nodes): string {
  if ('value' in node) return node.value;
  return 'children' in node ? node.children.map(textOf).join('') : '';
}

function slug(heading: string): string {
  const kept = heading.toLowerCase().replaceAll(/[^\p{L}\p{M}\p{N}\s_-]/gu, '');
  return kept.trim().replaceAll(/\s/g, '-');
}

/** The anchor itself, or with the number that the second of its name gets. */
function unused(anchor: string, used: ReadonlySet<string>): string {
  let name = anchor;
  for (let n = 1; used.has(name); n++) name = `${anchor}-${n}`;
  return name;
}
