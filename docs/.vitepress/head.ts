import { readFileSync } from 'node:fs';
import type { HeadConfig, PageData } from 'vitepress';

/** Where the site is published. */
export const origin = 'https://gosync.github.io';

const longest = 160;

/** What search engines and cards show of a page that does not say it itself: its first paragraph, as plain text. */
export function describePage(path: URL): string {
  const [, body = ''] = /^# .+$([^]*)/m.exec(readFileSync(path, 'utf8')) ?? [];
  const paragraph = body
    .replaceAll(/```[^]*?```|<script[^]*?<\/script>/g, '')
    .split(/\n\s*\n/)
    .map((text) => text.replaceAll(/\s+/g, ' ').trim())
    .find((text) => /^[\p{L}`“"[*]/u.test(text));
  return shorten(
    (paragraph ?? '')
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .replaceAll(/<[^>]+>|[`*_\\<>]/g, '')
      // VitePress writes it into an attribute as it is.
      .replaceAll(/"([^"]*)"?/g, '“$1”')
      .trim(),
  );
}

function shorten(text: string): string {
  if (text.length <= longest) return text;
  const sentence = /^.{60,159}?[.!?](?= )/.exec(text)?.[0];
  return sentence ?? `${text.slice(0, longest - 2).replace(/\s+\S*$/, '')} …`;
}

/** What other sites show when they link to a page. */
export function card(page: PageData, title: string): HeadConfig[] {
  const path = page.relativePath.replace(/(?:^|(?<=\/))index\.md$|\.md$/, '');
  const properties = {
    'og:type': 'website',
    'og:site_name': 'gosync',
    'og:title': title,
    'og:description': page.description,
    'og:url': `${origin}/${path}`,
    'og:image': `${origin}/social.png`,
    'og:image:width': '1200',
    'og:image:height': '630',
    'og:image:alt':
      'Four requests, one of which fails: with Promise.all the rest runs on, in a group it stops.',
  };
  return [
    ['link', { rel: 'canonical', href: `${origin}/${path}` }],
    ['meta', { name: 'twitter:card', content: 'summary_large_image' }],
    ...Object.entries(properties).map(([property, content]): HeadConfig => [
      'meta',
      { property, content },
    ]),
  ];
}
