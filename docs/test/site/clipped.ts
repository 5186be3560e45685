import type { Page } from 'puppeteer-core';

/** Code that reaches beyond what shows it, and pages that scroll sideways. */
export async function clipped(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    // oxlint-disable-next-line unicorn/consistent-function-scoping -- it runs in the page
    const edge = (element: Element): number => {
      let right = document.documentElement.clientWidth;
      for (let box = element.parentElement; box; box = box.parentElement) {
        if (getComputedStyle(box).overflowX === 'visible') continue;
        const bounds = box.getBoundingClientRect();
        right = Math.min(right, bounds.left + box.clientLeft + box.clientWidth);
      }
      return right;
    };
    const beyond = (element: Element): boolean => {
      const range = document.createRange();
      range.selectNodeContents(element);
      const limit = edge(element);
      return [...range.getClientRects()].some(({ right, width }) => width > 0 && right > limit + 1);
    };
    const root = document.documentElement;
    return [
      ...(root.scrollWidth > root.clientWidth ? ['the page scrolls sideways'] : []),
      ...[...document.querySelectorAll('.vp-doc code, .vp-doc pre')]
        .filter((element) => element.checkVisibility() && beyond(element))
        .map((element) => `cut: ${element.textContent.trim().slice(0, 60)}`),
    ];
  });
}
