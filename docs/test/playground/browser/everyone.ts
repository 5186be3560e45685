import { expect, it } from 'vitest';
import { illegible, overflowing } from './look.ts';
import { hurry } from './hurry.ts';
import type { Visitor } from './session.ts';

/** That the playground is for everyone: by keyboard, on narrow screens, in the dark. */
export function everyoneTests(visit: Visitor): void {
  it('can be used with the keyboard alone', async () => {
    const { page, group, tree, semaphore } = await visit();
    const focused = () =>
      page.evaluate(() => {
        const element = document.activeElement;
        const section = element?.closest('section')?.getAttribute('aria-label') ?? '';
        return `${section}: ${element?.getAttribute('aria-label') ?? element?.textContent.trim()}`;
      });
    const tabTo = async (name: string): Promise<void> => {
      for (let steps = 0; (await focused()) !== name; steps++) {
        if (steps > 150) throw new Error(`Tab does not lead to ${name}`);
        await page.keyboard.press('Tab');
      }
    };
    await tabTo('Semaphore: Held for');
    await page.keyboard.press('End');
    await tabTo('Semaphore: Five at once');
    await page.keyboard.press('Enter');
    await expect(semaphore).toSay('3 waiting');
    await tabTo('Semaphore: Cancel all waiting');
    await page.keyboard.press(' ');
    await expect(semaphore).toSay('0 waiting');
    await tabTo('Group: Run');
    await page.keyboard.press('Enter');
    await expect(group).toSay('1 failed, 5 stopped');
    await tabTo('Tree of contexts: Cancel: request');
    await page.keyboard.press('Enter');
    await expect(tree).toSay('4 of 7');
    expect(await focused()).toBe('Tree of contexts: Cancel: request');
    await tabTo('Editor: Output');
  });

  it('can be read when it is light, when it is dark, and on a screen of 320 pixels', async () => {
    const playground = await visit({ prepare: hurry });
    const { page } = playground;
    await playground.fill();
    expect(await illegible(page)).toEqual([]);
    await page.locator('.VPNavBar .VPSwitch').click();
    await page.waitForFunction(() => document.documentElement.classList.contains('dark'));
    expect(await illegible(page)).toEqual([]);
    await page.setViewport({ width: 320, height: 900 });
    expect(await overflowing(page)).toEqual([]);
  });

  it('moves twice a second for those who asked for less motion', async () => {
    const { page, semaphore } = await visit({
      prepare: () => {
        const all = matchMedia;
        window.matchMedia = (query) => all(query.includes('reduced-motion') ? 'all' : query);
      },
    });
    await semaphore.slide('Held for', 'End');
    await semaphore.press('Request');
    await expect(semaphore).toHaveRow('Request 1, weight 2', 'holds');
    // Drawn half a second after it has begun.
    await page.waitForSelector('section[aria-label="Semaphore"] .lane .running');
    const apart = await page.evaluate(async () => {
      const bar = document.querySelector('section[aria-label="Semaphore"] .lane .running');
      const times: number[] = [];
      await new Promise<void>((resolve) => {
        new MutationObserver(() => {
          times.push(performance.now());
          if (times.length === 3) resolve();
        }).observe(bar ?? document, { attributeFilter: ['width'] });
      });
      return ((times[2] ?? 0) - (times[0] ?? 0)) / 2;
    });
    // Half a second, but that a busy machine may be late with the first; in full motion it is a sixtieth.
    expect(apart).toBeGreaterThan(250);
  });
}
