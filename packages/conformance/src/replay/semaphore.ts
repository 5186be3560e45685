import { cause, type Context } from '@gosync/context';
import { Weighted } from '@gosync/semaphore';
import * as v from 'valibot';
import { type Outcome, panicText, Reports } from './outcome.ts';
import {
  type Acquire,
  type Now,
  scriptSchema,
  type Settlement,
  type Step,
} from './semaphore-script.ts';
import { ZeroWeights } from './semaphore-zero.ts';
import { openSource, type Source } from './source.ts';
import type { Stage } from './stage.ts';

export async function* semaphore(line: unknown, stage: Stage): AsyncGenerator<Outcome> {
  const script = v.parse(scriptSchema, line);
  const player = new Player(script.size, stage);
  for (const step of script.steps) yield await player.play(step);
}

class Player {
  readonly #stage: Stage;
  readonly #semaphore: Weighted;
  readonly #sources: Source[] = [];
  readonly #settled = new Reports<Settlement>();
  readonly #zeros: ZeroWeights;
  /** Go's semaphore has released more than it held, and is corrupt since. */
  #corrupt = false;

  constructor(size: number, stage: Stage) {
    this.#stage = stage;
    this.#semaphore = new Weighted(size);
    this.#zeros = new ZeroWeights(() => stage.differ('0025-zero-weight-is-let-in'));
  }

  async play(step: Step): Promise<Outcome> {
    const result = await this.#act(step);
    await this.#stage.bubble.settle();
    const settled = this.#zeros.reconcile({
      recorded: step.settled,
      seen: this.#settled.take(),
      full: this.#semaphore.available === 0,
    });
    return { recorded: step, seen: { ...step, ...result, settled } };
  }

  async #act(step: Step): Promise<object | undefined> {
    switch (step.op) {
      case 'context':
        this.#sources.push(openSource(step, this.#stage));
        return undefined;
      case 'acquire':
        this.#acquire(step);
        return undefined;
      case 'burst':
        return { ops: step.ops.map((op) => ({ ...op, ...this.#now(op) })) };
      case 'cancel':
        this.#source(step.ctx).cancel(this.#stage.names.error(step.cause));
        return undefined;
      case 'advance':
        await this.#stage.bubble.advance(step.ms);
        return undefined;
      default:
        return this.#now(step);
    }
  }

  #source(at: number): Source {
    const source = this.#sources[at];
    if (!source) throw new Error(`no context ${at}`);
    return source;
  }

  #acquire({ id, ctx: at, n }: Acquire): void {
    const { kind, ctx } = this.#source(at);
    if (n <= this.#semaphore.size) this.#zeros.queue(id, n);
    // What never ends may also be left out.
    const acquired =
      kind === 'never' && id % 2 === 0
        ? this.#semaphore.acquire(n)
        : this.#semaphore.acquire(ctx, n);
    acquired.then(
      () => this.#settled.add(id, id),
      (reason: unknown) => {
        if (kind === 'never' && n > this.#semaphore.size && reason instanceof RangeError) {
          // Go says nothing about this call, ever.
          this.#stage.differ('0002-fail-instead-of-hanging');
        } else {
          this.#settled.add(id, this.#failure(id, ctx, reason));
        }
      },
    );
  }

  #failure(id: number, ctx: Context, reason: unknown): Settlement {
    const { names } = this.#stage;
    const err = names.of(ctx.err);
    const text = names.of(reason);
    if (reason !== ctx.err) this.#stage.differ('0001-reject-with-cause');
    return [id, err, reason === cause(ctx) ? text : `not the cause: ${text}`];
  }

  #now(step: Now): object {
    if (step.op === 'release') return this.#release(step.n, step.panic);
    const ok = this.#semaphore.tryAcquire(step.n);
    if (ok && !step.ok && step.n === 0 && this.#zeros.ahead) {
      this.#stage.differ('0025-zero-weight-is-let-in');
      return { ok: false };
    }
    // Go's has room now that it never had.
    if (ok || !step.ok || !this.#corrupt) return { ok };
    this.#stage.differ('0004-failed-release-changes-nothing');
    return { ok: true };
  }

  #release(n: number, panic: string | undefined): object {
    const { available, waiting } = this.#semaphore;
    try {
      this.#semaphore.release(n);
    } catch (error) {
      this.#corrupt ||= panic !== undefined;
      const changed =
        this.#semaphore.available !== available || this.#semaphore.waiting !== waiting;
      return { panic: changed ? 'changed' : panicText(error, panic) };
    }
    if (panic === undefined || !this.#corrupt) return {};
    this.#stage.differ('0004-failed-release-changes-nothing');
    return { panic };
  }
}
