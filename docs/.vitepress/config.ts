import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { defineConfig, type MarkdownRenderer } from 'vitepress';
import { card, describePage, origin } from './head.ts';

const docs = new URL('../', import.meta.url);

/** The first heading of each page of a folder, by its link. */
function pages(folder: string): { text: string; link: string }[] {
  if (!existsSync(new URL(folder, docs))) return [];
  return readdirSync(new URL(folder, docs))
    .filter((name) => name.endsWith('.md') && name !== 'README.md')
    .sort()
    .map((name) => {
      const [, text = name] =
        /^# (.+)$/m.exec(readFileSync(new URL(folder + name, docs), 'utf8')) ?? [];
      return { text, link: `/${folder}${name.slice(0, -'.md'.length)}` };
    });
}

/** Gives each cell of a table the name of its column, which is shown beside it on a phone. */
function labelCells(md: MarkdownRenderer): void {
  md.core.ruler.push('label-cells', ({ tokens }) => {
    let labels: string[] = [];
    let column = 0;
    for (const [i, token] of tokens.entries()) {
      if (token.type === 'table_open') labels = [];
      else if (token.type === 'tr_open') column = 0;
      else if (token.type === 'th_open')
        labels.push(tokens[i + 1]?.content.replaceAll('`', '') ?? '');
      else if (token.type === 'td_open') token.attrSet('data-label', labels[column++] ?? '');
    }
  });
}

const conditions = ['@gosync/source'];
const packages = ['context', 'semaphore', 'errgroup', 'singleflight', 'syncmap', 'tasks', 'redis'];

export default defineConfig({
  title: 'gosync',
  description: "Go's golang.org/x/sync, context and sync.Map for TypeScript",
  lang: 'en',
  cleanUrls: true,
  sitemap: { hostname: origin },
  head: [
    ['link', { rel: 'icon', href: '/favicon.svg' }],
    ['meta', { name: 'theme-color', content: '#3451b2' }],
  ],
  transformPageData(page) {
    if (page.isNotFound) return {};
    return { description: page.description || describePage(new URL(page.filePath, docs)) };
  },
  transformHead({ pageData, title }) {
    return pageData.isNotFound
      ? [['meta', { name: 'robots', content: 'noindex' }]]
      : card(pageData, title);
  },
  markdown: { config: labelCells },
  srcExclude: ['data/**', 'examples/**', 'fences/**', 'test/**'],
  vite: {
    // The packages are bundled from their sources, which need no build.
    resolve: { conditions },
    ssr: { resolve: { conditions } },
    // The playground's worker imports programs, which only modules can on every browser.
    worker: { format: 'es' },
    build: {
      target: 'es2022',
      rollupOptions: {
        onwarn(warning) {
          // How VitePress imports its own modules is not ours to mend. All else is worth a look.
          if (warning.code !== 'CIRCULAR_DEPENDENCY') throw new Error(warning.message);
        },
      },
    },
  },
  themeConfig: {
    search: { provider: 'local' },
    outline: [2, 3],
    nav: [
      { text: 'Guide', link: '/start', activeMatch: '^/(?:guide/|start)' },
      { text: 'API', link: '/api/', activeMatch: '^/api/' },
      { text: 'Playground', link: '/playground' },
    ],
    socialLinks: [{ icon: 'github', link: 'https://github.com/gosync/gosync' }],
    sidebar: [
      {
        text: 'Guide',
        items: [
          { text: 'Start in five minutes', link: '/start' },
          { text: 'Playground', link: '/playground' },
          { text: 'Cancellation', link: '/guide/cancellation' },
          { text: 'Limits and back-pressure', link: '/guide/limits' },
          { text: 'Recipes', link: '/guide/recipes' },
          { text: 'Stampedes', link: '/guide/stampedes' },
          { text: 'In your framework', link: '/guide/frameworks' },
          { text: 'Across processes', link: '/guide/across-processes' },
          { text: 'Testing your code', link: '/guide/testing' },
        ],
      },
      {
        text: 'Coming from',
        items: [
          { text: 'Go', link: '/guide/from-go' },
          { text: 'p-limit and others', link: '/guide/from-libraries' },
        ],
      },
      {
        text: 'API',
        items: packages.map((name) => ({ text: name, link: `/api/${name}` })),
      },
      {
        text: 'Behind it',
        items: [
          { text: 'Design', link: '/guide/design' },
          { text: 'Reliability', link: '/guide/reliability' },
          { text: 'Performance', link: '/guide/performance' },
          ...pages('').filter(({ link }) => ['/porting', '/runtimes', '/clients'].includes(link)),
          {
            text: 'Decisions',
            link: '/decisions/README',
            collapsed: true,
            items: pages('decisions/'),
          },
        ],
      },
    ],
  },
});
