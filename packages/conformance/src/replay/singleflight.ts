import { Group, type Result } from '@gosync/singleflight';
import * as v from 'valibot';
import { Orders } from './orders.ts';
import { type Outcome, Reports } from './outcome.ts';
import type { Stage } from './stage.ts';

/** The id of a call, then its value, its error and whether it was shared. */
const resultSchema = v.strictTuple([
  v.number(),
  v.nullable(v.string()),
  v.nullable(v.string()),
  v.boolean(),
]);
const seenFields = {
  /** Calls whose function began. */
  executed: v.optional(v.array(v.number()), []),
  results: v.optional(v.array(resultSchema), []),
};
const callFields = {
  id: v.number(),
  key: v.string(),
  /** The call whose function makes this one; nobody's, when absent. */
  by: v.optional(v.number()),
  /** The function waits for orders; otherwise it ends at once. */
  gate: v.optional(v.boolean(), false),
  /** How the function ends, if it is called. */
  val: v.nullable(v.string()),
  err: v.nullable(v.string()),
};
const forgetFields = { op: v.literal('forget'), key: v.string() };
const doChanFields = { op: v.literal('doChan'), ...callFields };

const scriptSchema = v.strictObject({
  script: v.number(),
  steps: v.array(
    v.variant('op', [
      v.strictObject({ op: v.literal('do'), ...callFields, ...seenFields }),
      v.strictObject({ ...doChanFields, ...seenFields }),
      v.strictObject({ ...forgetFields, ...seenFields }),
      v.strictObject({
        op: v.literal('burst'),
        ops: v.array(v.variant('op', [v.strictObject(doChanFields), v.strictObject(forgetFields)])),
        ...seenFields,
      }),
      v.strictObject({ op: v.literal('finish'), id: v.number(), ...seenFields }),
    ]),
  ),
});

type Step = v.InferOutput<typeof scriptSchema>['steps'][number];
type Call = Pick<Extract<Step, { op: 'do' }>, keyof typeof callFields>;

export async function* singleflight(line: unknown, stage: Stage): AsyncGenerator<Outcome> {
  const script = v.parse(scriptSchema, line);
  const player = new Player(stage);
  for (const step of script.steps) yield await player.play(step);
}

class Player {
  readonly #stage: Stage;
  readonly #group = new Group<string | undefined>();
  readonly #running = new Map<number, Orders>();
  readonly #executed = new Reports<number>();
  readonly #results = new Reports<v.InferOutput<typeof resultSchema>>();
  /** Calls of `do` that failed. */
  readonly #rejected = new Set<number>();

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  async play(step: Step): Promise<Outcome> {
    this.#act(step);
    await this.#stage.bubble.settle();
    const seen = { ...step, executed: this.#executed.take(), results: this.#results.take() };
    return { recorded: this.#recorded(step), seen };
  }

  /** A rejection does not tell whether it is shared, so that part is left out. */
  #recorded(step: Step): object {
    const results = step.results.map(([id, val, err, shared]) => [
      id,
      val,
      err,
      this.#rejected.has(id) ? false : shared,
    ]);
    return { ...step, results };
  }

  #act(step: Step): void {
    switch (step.op) {
      case 'do':
      case 'doChan':
        this.#call(step.op, step);
        return;
      case 'forget':
        this.#group.forget(step.key);
        return;
      case 'burst':
        for (const op of step.ops) {
          if (op.op === 'forget') this.#group.forget(op.key);
          else void this.#doChan(op);
        }
        return;
      case 'finish':
        this.#orders(step.id).give(() => true);
    }
  }

  #orders(id: number): Orders {
    const orders = this.#running.get(id);
    if (!orders) throw new Error(`the function of call ${id} is not running`);
    return orders;
  }

  #call(op: 'do' | 'doChan', call: Call): void {
    if (call.by === undefined) {
      void (op === 'do' ? this.#do(call) : this.#doChan(call));
      return;
    }
    this.#orders(call.by).give(async () => {
      const result = op === 'do' ? this.#do(call) : this.#doChan(call);
      // As in Go, a function stops at Do and not at DoChan.
      if (op === 'do') await result;
      return false;
    });
  }

  async #do(call: Call): Promise<void> {
    try {
      const [val, shared] = await this.#group.do(call.key, this.#function(call));
      this.#results.add(call.id, [call.id, val ?? null, null, shared]);
    } catch (error) {
      this.#rejected.add(call.id);
      this.#results.add(call.id, [call.id, null, this.#stage.names.of(error), false]);
    }
  }

  async #doChan(call: Call): Promise<void> {
    const { val, err, shared }: Result<string | undefined> = await this.#group.doChan(
      call.key,
      this.#function(call),
    );
    this.#results.add(call.id, [call.id, val ?? null, this.#stage.names.of(err), shared]);
  }

  #function({ id, gate, val, err }: Call): () => string | undefined | Promise<string | undefined> {
    const error = this.#stage.names.error(err);
    const end = (): string | undefined => {
      if (error) throw error;
      return val ?? undefined;
    };
    return () => {
      this.#executed.add(id, id);
      if (gate) {
        const orders = new Orders();
        this.#running.set(id, orders);
        return orders.obey().then(end);
      }
      // To end at once is to return, or to be an async function.
      return id % 2 === 0 ? end() : (async () => end())();
    };
  }
}
