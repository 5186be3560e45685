import { withBase } from 'vitepress';
import { h, type VNode } from 'vue';

/** The page for what is not there. VitePress's own has no landmark for its content. */
export const Missing = (): VNode =>
  h('main', { class: 'missing vp-doc' }, [
    h('h1', 'There is no such page'),
    h('p', 'It may have moved. The search above knows every page.'),
    h('p', h('a', { href: withBase('/') }, 'To the first page')),
  ]);
