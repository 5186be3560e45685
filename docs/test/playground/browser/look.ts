import type { Page } from 'puppeteer-core';

/** What reaches beyond the right edge of the page, scrolled boxes aside. */
export async function overflowing(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const beyond = [...document.querySelectorAll('.demo, .demo *')].filter(
      (element) =>
        !element.closest('.visually-hidden') && element.getBoundingClientRect().right > width,
    );
    const scrolls = document.documentElement.scrollWidth > width ? ['the page'] : [];
    return [...scrolls, ...beyond.map((element) => element.outerHTML.slice(0, 120))];
  });
}

/** Texts of the demonstrations with less contrast than 4.5 to 1. */
export async function illegible(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    type Color = readonly [number, number, number, number];
    const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
    if (!canvas) throw new Error('no canvas');
    const parse = (text: string): Color => {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = text;
      canvas.fillRect(0, 0, 1, 1);
      const [r = 0, g = 0, b = 0, a = 0] = canvas.getImageData(0, 0, 1, 1).data;
      return [r, g, b, a / 255];
    };
    const over = ([r, g, b, a]: Color, under: Color): Color => [
      r * a + under[0] * (1 - a),
      g * a + under[1] * (1 - a),
      b * a + under[2] * (1 - a),
      1,
    ];
    const luminance = (color: Color): number => {
      const [r = 0, g = 0, b = 0] = color.map((value) =>
        value <= 10 ? value / 3294 : ((value / 255 + 0.055) / 1.055) ** 2.4,
      );
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const backdrop = (element: Element | null): Color =>
      element === null
        ? [255, 255, 255, 1]
        : over(parse(getComputedStyle(element).backgroundColor), backdrop(element.parentElement));
    const contrast = (element: Element): number => {
      const style = getComputedStyle(element);
      const behind = backdrop(element);
      const color = parse(element instanceof SVGElement ? style.fill : style.color);
      const [a, b] = [luminance(over(color, behind)), luminance(behind)];
      return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    };
    return [...document.querySelectorAll('.demo *')]
      .filter(
        (element) =>
          element instanceof HTMLTextAreaElement ||
          [...element.childNodes].some(
            (node) => node.nodeType === Node.TEXT_NODE && node.nodeValue?.trim() !== '',
          ),
      )
      .map((element) => ({ text: element.textContent, ratio: contrast(element) }))
      .filter(({ ratio }) => ratio < 4.5)
      .map(({ text, ratio }) => `${ratio.toFixed(2)}: ${text}`);
  });
}
