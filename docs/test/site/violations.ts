import axe, { type RunOptions } from 'axe-core';
import type { Page } from 'puppeteer-core';

/** The rules whose outcome depends on whether the page is light or dark. */
const ofColor = ['color-contrast', 'link-in-text-block'];

/** What keeps somebody from using the page, by the rules of axe: all of them, or those that colors can break. */
export async function violations(page: Page, rules: 'all' | 'of color'): Promise<string[]> {
  await page.evaluate(axe.source);
  const options: RunOptions = {
    resultTypes: ['violations'],
    preload: false,
    ...(rules === 'of color' ? { runOnly: ofColor } : {}),
  };
  return page.evaluate(async (chosen) => {
    const tool: typeof axe = Reflect.get(window, 'axe');
    const { violations: found } = await tool.run(document, chosen);
    return found.flatMap(({ id, nodes }) =>
      nodes.map(({ html }) => `${id}: ${html.slice(0, 150)}`),
    );
  }, options);
}
