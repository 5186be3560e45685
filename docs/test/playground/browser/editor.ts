import { expect, it } from 'vitest';
import type { Visitor } from './session.ts';

const patient = `
import { afterFunc, cause } from '@gosync/context';
export default (ctx) => new Promise((_, reject) => {
  console.log('waits', { for: ['you'] });
  afterFunc(ctx, () => reject(cause(ctx)));
});`;

/** What the editor does with programs. */
export function editorTests(visit: Visitor): void {
  it('runs each of its examples', async () => {
    const { editor, page } = await visit();
    const last = {
      group: 'Error: three failed (line 23)',
      semaphore: 'all given back: 10',
      singleflight: '5 callers, 2 queries',
    };
    for (const [name, line] of Object.entries(last)) {
      await page.select('section[aria-label="Editor"] select', name);
      await editor.press('Run');
      await expect(editor).toSay('The program has ended.');
      expect((await editor.texts('.output div')).at(-1)).toBe(line);
    }
  });

  it('runs what has been edited, and restores the example', async () => {
    const { editor, page } = await visit();
    const source = () =>
      page.$eval('textarea', (field) => (field instanceof HTMLTextAreaElement ? field.value : ''));
    const before = await source();
    await editor.write(
      'Program',
      `import { Weighted } from '@gosync/semaphore';
      console.log(new Weighted(7).available, [1, 'a'], new Map([[1, 2]]));`,
    );
    await editor.press('Run');
    await expect(editor).toSay('The program has ended.');
    expect(await editor.texts('.output div')).toEqual(["7 [ 1, 'a' ] Map (1) {1 => 2}"]);
    await editor.press('Reset');
    await expect(editor).toSay('Ready.');
    expect(await source()).toBe(before);
  });

  it('cancels the context of a program that is stopped', async () => {
    const { editor } = await visit();
    await editor.write('Program', patient);
    await editor.press('Run');
    await expect(editor).toShow('.output', "waits { for: [ 'you' ] }");
    await editor.press('Stop');
    await expect(editor).toSay('The program has ended.');
    expect((await editor.texts('.output .warn')).at(-1)).toMatch(/^Error: stopped/);
  });

  it('ends by force what does not look at its context, and stays alive meanwhile', async () => {
    const { editor, semaphore } = await visit();
    await editor.write('Program', `console.log('begins'); for (;;);`);
    await editor.press('Run');
    await expect(editor).toShow('.output', 'begins');
    await semaphore.slide('Held for', 'End');
    await semaphore.press('Request');
    await expect(semaphore).toHaveRow('Request 1, weight 2', 'holds 2');
    await editor.press('Stop');
    await expect(editor).toSay('it has not ended yet');
    await editor.press('End by force');
    await expect(editor).toShow('.output', 'ended by force');
  });

  it.each([
    ['with its line', `\nthrow new TypeError('oops');`, 'TypeError: oops (line 2)'],
    [
      'of a callback',
      `setTimeout(() => { throw new Error('late') }, 0);
      await new Promise((resolve) => addEventListener('error', resolve));`,
      'Error: late (line 1)',
    ],
    [
      'of a promise',
      `Promise.reject('unheard');
      await new Promise((resolve) => addEventListener('unhandledrejection', resolve));`,
      'unhandled rejection: thrown: unheard',
    ],
    ['of a name nobody has', `import 'lodash';`, 'Error: no package here is called "lodash"'],
  ])('shows the error %s', async (_, program, text) => {
    const { editor } = await visit();
    await editor.write('Program', program);
    await editor.press('Run');
    await expect(editor).toShow('.output .error', text);
  });

  it('shows that it cannot read a program', async () => {
    const { editor } = await visit();
    await editor.write('Program', 'const = 1;');
    await editor.press('Run');
    await expect(editor).toShow('.output .error', 'Error');
    await expect(editor).toSay('The program has ended.');
  });
}
