import type { Nodes } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';

/** What a page says about a fence of its own. */
export interface PageFence {
  readonly line: number;
  readonly title: string;
  readonly language: string;
  readonly code: string;
}

// In a doc comment the tag stands where a page has a heading.
const example = /^@example[ \t]*(?<title>.*)$/gm;

/** All fences of a page of Markdown that name a language, in order. Lines count from 1. */
export function fencesOfPage(page: string): PageFence[] {
  const fences: PageFence[] = [];
  let title = '';
  const visit = (node: Nodes): void => {
    const text = page.slice(node.position?.start.offset, node.position?.end.offset);
    if (node.type === 'heading') title = text.replace(/^#+\s*/, '');
    if (node.type === 'paragraph') title = [...text.matchAll(example)].at(-1)?.[1] ?? title;
    if (node.type === 'code' && node.lang && node.position) {
      // VitePress writes `ts{1,3}` and `ts:line-numbers`.
      const [language = ''] = /^\w+/.exec(node.lang) ?? [];
      fences.push({ line: node.position.start.line + 1, title, language, code: node.value });
    }
    if ('children' in node) for (const child of node.children) visit(child);
  };
  visit(fromMarkdown(page));
  return fences;
}
