import { afterFunc, background, cause, type Context, withCancelCause } from '@gosync/context';
import { withContext } from '@gosync/errgroup';
import { reactive } from 'vue';
import { message, pause } from '../pause.ts';
import { type Row, Timeline } from '../timeline.ts';

export interface GroupSettings {
  readonly tasks: number;
  readonly limit: number;
  /** Which task fails, counted from 1; 0 if none does. */
  readonly failing: number;
}

/** How long a task would take, in milliseconds. The one that fails does so before those that begin with it are done. */
export function duration(task: number, failing: number): number {
  return task === failing ? 1200 : 2000 + ((task * 3) % 5) * 250;
}

/** Tasks of one group, one of which may fail. */
export class GroupSimulation {
  readonly timeline = new Timeline();
  readonly settings: GroupSettings;
  /** What `wait` gave; empty until then. */
  readonly state: { result: string } = reactive({ result: '' });
  readonly #parent = withCancelCause(background());

  constructor(settings: GroupSettings) {
    this.settings = settings;
  }

  /** Once. */
  async run(): Promise<void> {
    const [parent, cancel] = this.#parent;
    const [group, ctx] = withContext(parent);
    group.setLimit(this.settings.limit);
    this.#showContext(ctx);
    for (let i = 1; i <= this.settings.tasks; i++) {
      const row = this.timeline.add(`Task ${i}`);
      this.timeline.enter(row, 'waiting', 'queued');
      void group.go((groupContext) => this.#task(groupContext, row, i));
    }
    try {
      await group.wait();
      this.state.result = 'wait() resolved';
    } catch (error) {
      this.state.result = `wait() rejected: ${message(error)}`;
    }
    cancel();
  }

  /** Cancels the context that the group's is derived from. */
  cancel(): void {
    this.#parent[1]('canceled from outside');
  }

  #showContext(ctx: Context): void {
    const row = this.timeline.add('Context of the group', true);
    this.timeline.enter(row, 'running', 'live');
    afterFunc(ctx, () => {
      const why = cause(ctx);
      // Without an error it ends because the work has.
      if (why === ctx.err) this.timeline.end(row, 'done', 'over: all tasks are');
      else this.timeline.end(row, 'stopped', `canceled: ${message(why)}`);
    });
  }

  async #task(ctx: Context, row: Row, i: number): Promise<void> {
    if (ctx.err) {
      this.timeline.end(row, 'stopped', 'finds the context done');
      throw cause(ctx);
    }
    this.timeline.enter(row, 'running', 'runs');
    try {
      await pause(ctx, duration(i, this.settings.failing));
    } catch (reason) {
      this.timeline.end(row, 'stopped', 'stopped by the context');
      throw reason;
    }
    if (i === this.settings.failing) {
      this.timeline.end(row, 'failed', 'failed');
      throw new Error(`task ${i} failed`);
    }
    this.timeline.end(row, 'done', 'done');
  }
}
