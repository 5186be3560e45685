import { background } from '@gosync/context';
import { Group, withContext } from '@gosync/errgroup';
import { describe, expect, it } from 'vitest';
import { after, depths, rest, Task } from '../src/sweep/microtasks.ts';

/** A group at its limit, and what happens in it. */
class Stage {
  readonly group = new Group();
  readonly started: string[] = [];
  readonly tasks: Task[] = [];
  #running = 0;
  #peak = 0;

  constructor(limit: number) {
    this.group.setLimit(limit);
    for (let i = 0; i < limit; i++) this.go(`running ${i}`);
    this.started.length = 0;
  }

  f(name: string): () => Promise<void> {
    return async () => {
      this.started.push(name);
      this.#peak = Math.max(this.#peak, ++this.#running);
      const task = new Task();
      this.tasks.push(task);
      await task.done;
      this.#running--;
    };
  }

  go(name: string): void {
    void this.group.go(this.f(name));
  }

  /** Ends the task that started first. */
  end(): void {
    this.tasks.shift()?.end();
  }

  /** Ends one task after the other, and returns how many ran at once. */
  async close(): Promise<number> {
    for (await rest(); this.tasks.length > 0; await rest()) this.end();
    await this.group.wait();
    return this.#peak;
  }
}

const limits = [1, 2, 3];

describe.each(limits)('Group with a limit of %d', (limit) => {
  it('starts what is queued before what comes at any microtask after room was made', async () => {
    for (const depth of depths) {
      for (let ended = 1; ended <= limit; ended++) {
        const stage = new Stage(limit);
        for (let i = 0; i < ended; i++) stage.go(`queued ${i}`);
        for (let i = 0; i < ended; i++) stage.end();
        await after(depth, () => stage.go('late'));
        expect(await stage.close()).toBe(limit);
        const queued = Array.from({ length: ended }, (_, i) => `queued ${i}`);
        expect(stage.started, `${depth} microtasks after ${ended} ended`).toEqual([
          ...queued,
          'late',
        ]);
      }
    }
  });

  it('starts nothing by tryGo before what is queued, at any microtask after room was made', async () => {
    for (const depth of depths) {
      for (let ended = 1; ended <= limit; ended++) {
        const stage = new Stage(limit);
        stage.go('queued');
        for (let i = 0; i < ended; i++) stage.end();
        await after(depth, () => void stage.group.tryGo(stage.f('tried')));
        expect(await stage.close()).toBe(limit);
        expect(stage.started[0], `${depth} microtasks after ${ended} ended`).toBe('queued');
      }
    }
  });
});

describe('Group.wait()', () => {
  it.each(depths)(
    'resolves when the last task has ended and not before, though one is added at microtask %d',
    async (depth) => {
      const [group, ctx] = withContext(background());
      const tasks = [new Task(), new Task()] as const;
      let running = 0;
      const run = (task: Task) => async () => {
        running++;
        await task.done;
        running--;
      };
      await group.go(run(tasks[0]));
      const waiting = group.wait().then(() => running);
      let answer: number | undefined;
      void waiting.then((left) => (answer = left));
      let inTime = false;
      await Promise.all([
        after(10, () => tasks[0].end()),
        after(depth, () => {
          // The context ends in the moment in which the last task is known to have ended.
          inTime = ctx.err === undefined;
          void group.go(run(tasks[1]));
        }),
      ]);
      await rest();
      // One that was in time is waited for; one that was not runs on, after the answer.
      expect([running, answer === undefined]).toEqual([1, inTime]);
      expect([depth, depth <= 10 || (inTime && depth < 15)]).toEqual([depth, inTime]);
      tasks[1].end();
      expect(await waiting).toBe(inTime ? 0 : answer);
      await group.wait();
      expect(running).toBe(0);
    },
  );

  it.each(depths)(
    'answers within 5 microtasks of the end of the last task, when asked at microtask %d',
    async (depth) => {
      const group = new Group();
      const task = new Task();
      await group.go(() => task.done);
      const log: string[] = [];
      await Promise.all([
        after(10, () => {
          log.push('ended');
          task.end();
        }),
        after(depth, () => void group.wait().then(() => log.push('answered'))),
        after(Math.max(10, depth) + 5, () => log.push('5 microtasks later')),
      ]);
      await rest();
      expect(log).toEqual(['ended', 'answered', '5 microtasks later']);
    },
  );
});
