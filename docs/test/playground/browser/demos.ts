import { expect, it } from 'vitest';
import { hurry } from './hurry.ts';
import type { Visitor } from './session.ts';

/** What a click shows in each of the demonstrations. */
export function demosTests(visit: Visitor): void {
  it('lets a large request at the semaphore wait, and everyone behind it', async () => {
    const { semaphore } = await visit();
    await semaphore.slide('Held for', 'End');
    await semaphore.press('Five at once');
    await expect(semaphore).toSay('1 of 6 units free, 3 waiting.');
    await expect(semaphore).toHaveRow('Request 3, weight 4', 'waits');
    await expect(semaphore).toHaveRow('Request 5, weight 1', 'waits');
    await semaphore.press('Try');
    await expect(semaphore).toHaveRow('Request 6, weight 2', 'tryAcquire: false');
    await semaphore.press('Release: Request 1, weight 3');
    await expect(semaphore).toSay('0 of 6 units free, 2 waiting.');
    await expect(semaphore).toHaveRow('Request 3, weight 4', 'holds 4');
  });

  it('lets those behind in when the large request leaves', async () => {
    const { semaphore } = await visit();
    await semaphore.slide('Held for', 'End');
    await semaphore.press('Five at once');
    await expect(semaphore).toSay('3 waiting');
    await semaphore.press('Leave: Request 3, weight 4');
    await expect(semaphore).toSay('0 of 6 units free, 1 waiting.');
    await expect(semaphore).toHaveRow('Request 4, weight 1', 'holds 1');
  });

  it('empties the queue of the semaphore when all waiting are canceled', async () => {
    const { semaphore } = await visit();
    await semaphore.slide('Held for', 'End');
    await semaphore.press('Five at once');
    await expect(semaphore).toSay('3 waiting');
    await semaphore.press('Cancel all waiting');
    await expect(semaphore).toSay('1 of 6 units free, 0 waiting.');
    expect(await semaphore.texts('li .note')).toEqual([
      'holds 3',
      'holds 2',
      'left: all canceled',
      'left: all canceled',
      'left: all canceled',
    ]);
  });

  it('stops the siblings of the task that fails', async () => {
    const { group } = await visit({ prepare: hurry });
    await group.press('Run');
    await expect(group).toSay('wait() rejected: task 3 failed. 0 done, 1 failed, 5 stopped.');
    expect(await group.texts('li .note')).toEqual([
      'canceled: task 3 failed',
      'stopped by the context',
      'stopped by the context',
      'failed',
      'stopped by the context',
      'finds the context done',
      'finds the context done',
    ]);
  });

  it('lets all tasks end when none fails', async () => {
    const { group } = await visit({ prepare: hurry });
    await group.slide('Fails', 'Home');
    await group.press('Run');
    await expect(group).toSay('wait() resolved. 6 done, 0 failed, 0 stopped.');
    await expect(group).toHaveRow('Context of the group', 'over: all tasks are');
  });

  it('answers a stampede with one upstream call, also to those who stay when one leaves', async () => {
    const { stampede } = await visit();
    await stampede.slide('The upstream answers after', 'End');
    await stampede.press('Stampede');
    await expect(stampede).toSay('5 callers, 1 upstream call. 0 answered, 0 left.');
    await stampede.press('Leave: Caller 1');
    await expect(stampede).toSay('0 answered, 1 left.');
    await stampede.press('Answer: Upstream call 1');
    await expect(stampede).toSay('5 callers, 1 upstream call. 4 answered, 1 left.');
    await expect(stampede).toHaveRow('Caller 5', 'answer 1, shared');
  });

  it('cancels the upstream call when all callers have left, and starts anew for the next', async () => {
    const { stampede } = await visit();
    await stampede.slide('The upstream answers after', 'End');
    await stampede.press('Stampede');
    await expect(stampede).toSay('5 callers');
    await stampede.press('All leave');
    await expect(stampede).toSay('0 answered, 5 left.');
    await expect(stampede).toHaveRow('Upstream call 1', 'canceled: all callers have left');
    await stampede.press('One more caller');
    await expect(stampede).toHaveRow('Upstream call 2', 'runs');
  });

  it('ends the tree below a canceled context, but not below withoutCancel', async () => {
    const { tree } = await visit();
    await tree.press('Cancel: request');
    await expect(tree).toSay('4 of 7 contexts are done: request, database, query, template.');
    expect(await tree.texts('li:not([data-done]) .name')).toEqual([
      'program background',
      'audit withoutCancel',
      'log entry withCancel',
    ]);
    await tree.press('Cancel: log entry');
    await expect(tree).toSay('5 of 7');
  });

  it('ends a context at its deadline, and nothing above it', async () => {
    const { tree } = await visit();
    await tree.slide('Timeout', 'Home');
    await tree.press('Derive');
    await expect(tree).toSay('1 of 8 contexts are done: derived 1.');
    await expect(tree).toShow('[data-context="derived 1"] .note', 'context deadline exceeded');
  });
}
