import { afterFunc, cause, type Context, createKey, type Key } from '@gosync/context';
import * as v from 'valibot';
import { type AfterFunc, type Birth, scriptSchema, type Step } from './context-script.ts';
import { derive, type Node } from './context-birth.ts';
import { type Outcome, Reports } from './outcome.ts';
import type { Stage } from './stage.ts';

export async function* context(line: unknown, stage: Stage): AsyncGenerator<Outcome> {
  const player = new Player(stage);
  for (const step of v.parse(scriptSchema, line).steps) yield await player.play(step);
}

class Player {
  readonly #stage: Stage;
  readonly #nodes: Node[] = [];
  readonly #keys = new Map<string, Key<string | undefined>>();
  readonly #stops = new Map<number, () => boolean>();
  readonly #ran = new Reports<number>();
  /** The contexts whose end has been seen. */
  readonly #done = new Set<Context>();

  constructor(stage: Stage) {
    this.#stage = stage;
    for (const name of ['k0', 'k1', 'k2']) this.#keys.set(name, createKey(name));
  }

  async play(step: Step): Promise<Outcome> {
    const result = await this.#act(step);
    await this.#stage.bubble.settle();
    return {
      recorded: 'string' in step ? { ...step, string: withoutValues(step.string) } : step,
      seen: { ...step, ...result, ran: this.#ran.take(), done: this.#ends() },
    };
  }

  async #act(step: Step): Promise<object | undefined> {
    const { bubble, names } = this.#stage;
    switch (step.op) {
      case 'afterFunc':
        this.#afterFunc(step);
        return undefined;
      case 'stop':
        return { ok: this.#stops.get(step.id)?.() };
      case 'cancel':
        this.#node(step.ctx).cancel(names.error(step.cause));
        return undefined;
      case 'advance':
        await bubble.advance(step.ms);
        return undefined;
      default:
        return this.#born(step);
    }
  }

  #node(id: number): Node {
    const node = this.#nodes[id];
    if (!node) throw new Error(`no context ${id}`);
    return node;
  }

  #born(step: Birth): object {
    const parent = 'parent' in step ? this.#node(step.parent).ctx : undefined;
    const node = derive(step, parent, this.#keys, this.#stage);
    // Half of the signals are made while the context lives, half when it has ended.
    if (this.#nodes.push(node) % 2 === 0) void node.ctx.signal;
    const { deadline } = node.ctx;
    const values: Record<string, string> = {};
    for (const [name, key] of this.#keys) {
      const value = node.ctx.value(key);
      if (value !== undefined) values[name] = value;
    }
    return {
      string: withoutDeadline(String(node.ctx)),
      ...(deadline === undefined ? {} : { deadline: deadline - this.#stage.bubble.epoch(0) }),
      values,
    };
  }

  #afterFunc({ id, ctx, cancels, cause: name }: AfterFunc): void {
    const callback = (): void => {
      this.#ran.add(id, id);
      if (cancels !== undefined) this.#node(cancels).cancel(this.#stage.names.error(name));
    };
    this.#stops.set(id, afterFunc(this.#node(ctx).ctx, callback));
  }

  /** The contexts that have ended since last time, with their error and their cause. */
  #ends(): [number, string | null, string | null][] {
    const { names } = this.#stage;
    const ends: [number, string | null, string | null][] = [];
    for (const [id, { ctx }] of this.#nodes.entries()) {
      if (ctx.err === undefined || this.#done.has(ctx)) continue;
      this.#done.add(ctx);
      const { aborted, reason } = ctx.signal;
      const told = aborted && reason === cause(ctx);
      ends.push([id, names.of(ctx.err), told ? names.of(reason) : 'the signal says otherwise']);
    }
    return ends;
  }
}

/** Go adds what is left; only here does the text say which time zone it is in. */
function withoutDeadline(text: string): string {
  return text.replaceAll(/WithDeadline\([^[]*\[[^\]]*\]\)/g, 'WithDeadline');
}

/** Go shows the values that are strings, which may be secrets; here only the keys are shown. */
function withoutValues(text: string): string {
  return text.replaceAll(/WithValue\((\w+), [^)]*\)/g, 'WithValue($1)');
}
