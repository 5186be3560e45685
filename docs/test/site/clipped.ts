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
    // Word by word: a space at the end of a line that wraps hangs over, unseen.
    const beyond = (element: Element): boolean => {
      const limit = edge(element) + 1;
      const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      const range = document.createRange();
      for (let text = texts.nextNode(); text; text = texts.nextNode()) {
        for (const { index, 0: word } of (text.nodeValue ?? '').matchAll(/\S+/g)) {
          range.setStart(text, index);
          range.setEnd(text, index + word.length);
          if ([...range.getClientRects()].some(({ right }) => right > limit)) return true;
        }
      }
      return false;
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
