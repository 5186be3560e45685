import { Group } from '@gosync/errgroup';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { Deferred, drain } from '@gosync/testing/microtasks';

describe('console.log(Group)', () => {
  it('shows how many tasks run and wait, the limit, and the error', async () => {
    const group = new Group();
    expect(inspect(group)).toBe('Group { running: 0, queued: 0, limit: undefined }');
    group.setLimit(2);
    const end = new Deferred();
    for (let i = 0; i < 5; i++) void group.go(() => end.promise);
    expect(inspect(group)).toBe('Group { running: 2, queued: 3, limit: 2 }');
    end.reject('no room');
    await drain();
    expect(inspect(group)).toBe("Group { running: 0, queued: 0, limit: 2, error: 'no room' }");
  });

  it('ends at an error that leads back to the group, at every depth', async () => {
    const group = new Group();
    void group.go(() => Promise.reject({ group }));
    await drain();
    expect(inspect(group, { depth: null })).toBe(
      'Group {\n  running: 0,\n  queued: 0,\n  limit: undefined,\n  error: { group: [Circular] }\n}',
    );
  });
});
