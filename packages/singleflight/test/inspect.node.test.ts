import { Group } from '@gosync/singleflight';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';

describe('console.log(Group)', () => {
  it('shows the keys under way and how many callers wait for each', async () => {
    const group = new Group<void>();
    expect(inspect(group)).toBe('Group(0) {}');
    const callers = ['a', 'b', 'a'].map((key) => group.do(key, () => Promise.resolve()));
    expect(inspect(group)).toBe("Group(2) { 'a' => 2, 'b' => 1 }");
    await Promise.all(callers);
    expect(inspect(group)).toBe('Group(0) {}');
  });

  it('ends at a key that leads back to the group, at every depth', async () => {
    const group = new Group<void, object>();
    const call = group.do({ group }, () => Promise.resolve());
    expect(inspect(group, { depth: null })).toBe('Group(1) { { group: [Circular] } => 1 }');
    await call;
  });
});
