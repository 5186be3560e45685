import { cause, type Context } from '@gosync/context';
import { Group, withContext } from '@gosync/errgroup';
import * as v from 'valibot';
import {
  type Script,
  scriptSchema,
  type SetLimit,
  type Start,
  type Step,
} from './errgroup-script.ts';
import { Orders } from './orders.ts';
import { type Outcome, panicText, Reports } from './outcome.ts';
import { openSource, type Source } from './source.ts';
import type { Stage } from './stage.ts';

export async function* errgroup(line: unknown, stage: Stage): AsyncGenerator<Outcome> {
  const script = v.parse(scriptSchema, line);
  const player = new Player(script.parent, stage);
  for (const step of script.steps) yield await player.play(step);
}

class Player {
  readonly #stage: Stage;
  readonly #parent: Source | undefined;
  readonly #group: Group;
  readonly #ctx: Context | undefined;
  readonly #tasks = new Map<number, Orders>();
  readonly #started = new Reports<number>();
  readonly #returned = new Reports<number>();
  readonly #waited = new Reports<[number, string | null]>();
  #limit = -1;
  #active = 0;
  #ended = false;

  constructor(parent: Script['parent'], stage: Stage) {
    this.#stage = stage;
    if (parent) {
      this.#parent = openSource(parent, stage);
      [this.#group, this.#ctx] = withContext(this.#parent.ctx);
    } else {
      this.#group = new Group();
    }
  }

  async play(step: Step): Promise<Outcome> {
    const result = await this.#act(step);
    await this.#stage.bubble.settle();
    const seen = {
      ...step,
      ...result,
      ...this.#end(),
      started: this.#started.take(),
      returned: this.#returned.take(),
      waited: this.#waited.take(),
    };
    return { recorded: step, seen };
  }

  async #act(step: Step): Promise<object | undefined> {
    const { bubble, names } = this.#stage;
    switch (step.op) {
      case 'go':
      case 'tryGo':
        return this.#start(step);
      case 'burst':
        return { oks: step.ids.map((id) => this.#group.tryGo(this.#task(id, undefined))) };
      case 'finish':
        this.#orders(step.id).give(() => {
          this.#active--;
          if (step.err !== undefined) throw names.error(step.err);
          return true;
        });
        return undefined;
      case 'wait':
        this.#wait(step.id);
        return undefined;
      case 'setLimit':
        return this.#setLimit(step);
      case 'cancel':
        this.#parent?.cancel(names.error(step.cause));
        return undefined;
      default:
        await bubble.advance(step.ms);
        return undefined;
    }
  }

  #orders(id: number): Orders {
    const orders = this.#tasks.get(id);
    if (!orders) throw new Error(`no task ${id}`);
    return orders;
  }

  /** The function that a step gives to the group. */
  #task(id: number, end: string | null | undefined): (ctx: Context) => unknown {
    const begin = (ctx: Context): void => {
      // A wrong context is recorded nowhere, so it cannot pass for a start.
      if (ctx !== this.#ctx && ctx.err === this.#ctx?.err) this.#started.add(id, id);
    };
    const error = this.#stage.names.error(end);
    const settle = (ctx: Context): void => {
      begin(ctx);
      if (error) throw error;
    };
    // To end at once is to return, or to be an async function.
    if (end !== undefined) return id % 2 === 0 ? settle : async (ctx) => settle(ctx);
    return (ctx) => {
      begin(ctx);
      this.#active++;
      const orders = new Orders();
      this.#tasks.set(id, orders);
      return orders.obey();
    };
  }

  async #start({ op, id, by, end }: Start): Promise<object | undefined> {
    const f = this.#task(id, end);
    if (op === 'tryGo') {
      let ok: boolean | undefined;
      const attempt = (): boolean => {
        ok = this.#group.tryGo(f);
        return false;
      };
      if (by === undefined) attempt();
      else this.#orders(by).give(attempt);
      await this.#stage.bubble.settle();
      return { ok };
    }
    const go = async (): Promise<boolean> => {
      await this.#group.go(f).then(
        () => this.#returned.add(id, id),
        (error: unknown) => this.#refused(id, error),
      );
      return false;
    };
    if (by === undefined) void go();
    else this.#orders(by).give(go);
    return undefined;
  }

  #refused(id: number, error: unknown): void {
    // Go says nothing about a call that no task will ever make room for.
    if (this.#limit === 0 && error instanceof Error) {
      this.#stage.differ('0002-fail-instead-of-hanging');
    } else {
      // No call has this id: whatever was recorded, it was not this.
      this.#returned.add(id, -1);
    }
  }

  #wait(id: number): void {
    this.#group.wait().then(
      () => this.#waited.add(id, [id, null]),
      (error: unknown) => this.#waited.add(id, [id, this.#stage.names.of(error)]),
    );
  }

  #setLimit({ n, panic }: SetLimit): object | undefined {
    try {
      this.#group.setLimit(n);
      this.#limit = n;
      return undefined;
    } catch (error) {
      const text = panicText(error, panic);
      const expected = `errgroup: modify limit while ${this.#active} goroutines in the group are still active`;
      if (panic !== undefined || this.#active === 0 || text !== expected) return { panic: text };
      this.#stage.differ('0003-set-limit-throws-while-active');
      return undefined;
    }
  }

  /** The end of the group's context, once. */
  #end(): object | undefined {
    const { names } = this.#stage;
    if (this.#ended || this.#ctx?.err === undefined) return undefined;
    this.#ended = true;
    return { ctx: [names.of(this.#ctx.err), names.of(cause(this.#ctx))] };
  }
}
