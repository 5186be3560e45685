import type { Page } from 'puppeteer-core';

/** One demonstration of the playground, as its visitor knows it. */
export class Demo {
  readonly #page: Page;
  readonly #name: string;

  constructor(page: Page, name: string) {
    this.#page = page;
    this.#name = name;
  }

  /** Clicks the button that is called `text`. */
  async press(text: string): Promise<void> {
    const button = `//button[normalize-space() = "${text}" and not(@disabled)]`;
    await this.#page.locator(`::-p-xpath(${this.#root}${button})`).click();
  }

  /** Moves a slider with a key. */
  async slide(label: string, key: 'End' | 'Home' | 'ArrowLeft' | 'ArrowRight'): Promise<void> {
    const slider = await this.#find(`//input[@aria-label="${label}"]`);
    await slider.focus();
    await slider.press(key);
  }

  /** Replaces the text of a field. */
  async write(label: string, text: string): Promise<void> {
    const field = await this.#find(`//textarea[@aria-label="${label}"]`);
    await this.#page.evaluate(
      (element, value) => {
        if (!(element instanceof HTMLTextAreaElement)) throw new TypeError('no text field');
        element.value = value;
        element.dispatchEvent(new Event('input', { bubbles: true }));
      },
      field,
      text,
    );
  }

  /** Waits until an element has `text` in it. */
  async shows(selector: string, text: string): Promise<void> {
    const inside = `section[aria-label="${this.#name}"] ${selector}`;
    try {
      await this.#page.waitForFunction(
        (found, expected) => document.querySelector(found)?.textContent.includes(expected),
        {},
        inside,
        text,
      );
    } catch (cause) {
      const texts = await this.texts(selector);
      throw new Error(`${inside} does not say "${text}" but ${JSON.stringify(texts)}`, { cause });
    }
  }

  /** The texts of all elements that match. */
  async texts(selector: string): Promise<string[]> {
    return this.#page.$$eval(`section[aria-label="${this.#name}"] ${selector}`, (elements) =>
      elements.map((element) => element.textContent.replaceAll(/\s+/g, ' ').trim()),
    );
  }

  async #find(xpath: string) {
    const found = await this.#page.$(`::-p-xpath(${this.#root}${xpath})`);
    if (!found) throw new Error(`${this.#name} has no ${xpath}`);
    return found;
  }

  get #root(): string {
    return `//section[@aria-label="${this.#name}"]`;
  }
}
