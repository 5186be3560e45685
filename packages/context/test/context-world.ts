import { vi } from 'vitest';
import * as here from '@gosync/context';
import { CanceledError, type Context, DeadlineExceededError, cause, from } from '@gosync/context';
import {
  HalfSignal,
  ThrowingContext,
  TracingContext,
  UnreadableSignal,
  unreadable,
} from './hostile-members.ts';
import { type Ending, Model, type Own } from './context-model.ts';

interface Entry {
  readonly model: Model;
  readonly ctx: Context;
  /** The cause that its deadline gives. */
  readonly reason: unknown;
  readonly cancel: ((cause: unknown) => void) | undefined;
  /** The cause that `cancel` makes of what it is given. */
  readonly given: (cause: unknown) => unknown;
  /** Absent until somebody has read it. */
  signal: AbortSignal | undefined;
}

interface Callback {
  readonly copy: typeof here;
  readonly on: Model;
  readonly stop: () => boolean;
  isPending: boolean;
}

/** What ends a context from outside of the tree. */
interface Host {
  readonly model: Model;
  readonly abort: (reason: unknown) => void;
}

export const keys: readonly number[] = [0, 1, 2];

/** Numbers things in the order in which they are met. */
function numbering(): (thing: unknown) => number {
  const met: unknown[] = [];
  return (thing) => (met.includes(thing) ? met.indexOf(thing) : met.push(thing) - 1);
}

function areOfOneCopy(...callbacks: readonly Callback[]): boolean {
  const copies = new Set<unknown>();
  for (const { copy, on } of callbacks) {
    copies.add(copy);
    for (const { own } of on.lineage) copies.add(own.copy);
  }
  copies.delete(undefined);
  return copies.size === 1;
}

/** A hostile signal's reason is what reading it throws. */
function reasonOf(signal: AbortSignal): unknown {
  try {
    return signal.aborted ? signal.reason : undefined;
  } catch (error) {
    return error;
  }
}

/** A tree of contexts under fake timers and, beside it, the model that says how it must look. */
export class World {
  /** What a callback has seen, or a function has answered, against the model. */
  readonly violations: string[] = [];
  readonly #entries: Entry[] = [];
  readonly #callbacks: Callback[] = [];
  #called: Callback[] = [];
  #endings = 0;
  readonly #copies: readonly (typeof here)[];
  readonly #hosts: Host[] = [];

  /** @param copies - The copies of the package that the contexts are made by, in turns. */
  constructor(copies: readonly (typeof here)[] = [here]) {
    this.#copies = copies;
    this.#add(undefined, { label: 'context.Background' }, here.background());
    const controller = new AbortController();
    this.#add(undefined, { copy: here, label: 'context.From' }, from(controller.signal), {
      cancel: (reason) => controller.abort(reason ?? 'foreign'),
      given: (reason) => reason ?? 'foreign',
    });
  }

  /** The hostile members: half a signal, one that throws, a frozen object with a signal, a context that throws. */
  addHostile(): void {
    const half = new HalfSignal();
    this.#add(undefined, { copy: here, label: 'context.From' }, from(half.asSignal()), {
      cancel: (reason) => half.abort(reason ?? 'half'),
      given: (reason) => reason ?? 'half',
    });
    const broken = new UnreadableSignal();
    this.#add(undefined, { copy: here, label: 'context.From' }, from(broken.asSignal()), {
      cancel: (reason) => broken.abort(reason),
      given: () => unreadable,
    });
    const controller = new AbortController();
    this.#add(
      undefined,
      { copy: here, label: 'context.From' },
      from(Object.freeze({ signal: controller.signal })),
      {
        cancel: (reason) => controller.abort(reason ?? 'frozen'),
        given: (reason) => reason ?? 'frozen',
      },
    );
    // One for each copy: where a context does not say its error, each copy makes one.
    for (const copy of this.#copies) {
      const throwing = new ThrowingContext();
      const model = new Model(undefined, { label: 'foreign' });
      this.#hosts.push({ model, abort: (reason) => throwing.abort(reason) });
      const [ctx, cancel] = copy.withCancelCause(throwing);
      this.#addTo(model, { copy, label: '.WithCancel' }, ctx, {
        cancel,
        given: (reason) => reason,
      });
    }
  }

  #pick(seed: number): Entry {
    const entry = this.#entries[seed % this.#entries.length];
    if (!entry) throw new RangeError('no entries');
    return entry;
  }

  #copy(seed: number): typeof here {
    return this.#copies[Math.floor(seed / 11) % this.#copies.length] ?? here;
  }

  #add(parent: Entry | undefined, own: Own, ctx: Context, rest?: Partial<Entry>): Model {
    return this.#addTo(parent?.model, own, ctx, rest);
  }

  #addTo(
    parent: Model | undefined,
    own: Own,
    ctx: Context,
    { reason, cancel, given = () => undefined }: Partial<Entry> = {},
  ): Model {
    const model = new Model(parent, own);
    this.#entries.push({ model, ctx, reason, cancel, given, signal: undefined });
    return model;
  }

  #end(model: Model, type: Ending['type'], reason: unknown): void {
    model.ending ??= { at: this.#endings++, type, cause: reason };
  }

  cancelChild(seed: number): void {
    const copy = this.#copy(seed);
    const parent = this.#pick(seed);
    const [ctx, cancel] = copy.withCancelCause(parent.ctx);
    this.#add(parent, { copy, label: '.WithCancel' }, ctx, { cancel, given: (reason) => reason });
  }

  valueChild(seed: number, key: number, value: unknown): void {
    const copy = this.#copy(seed);
    const parent = this.#pick(seed);
    this.#add(
      parent,
      { copy, label: '.WithValue', key, value },
      copy.withValue(parent.ctx, key, value),
    );
  }

  cutOffChild(seed: number): void {
    const copy = this.#copy(seed);
    const parent = this.#pick(seed);
    this.#add(
      parent,
      { copy, label: '.WithoutCancel', isCutOff: true },
      copy.withoutCancel(parent.ctx),
    );
  }

  deadlineChild(seed: number, ms: number, reason: unknown): void {
    const copy = this.#copy(seed);
    const parent = this.#pick(seed);
    const deadline = Date.now() + ms;
    const isFirst = deadline < (parent.model.deadline ?? Infinity);
    const own = isFirst
      ? { copy, label: '.WithDeadline', deadline }
      : { copy, label: '.WithCancel' };
    const [ctx, cancel] = copy.withTimeoutCause(parent.ctx, ms, reason);
    const model = this.#add(parent, own, ctx, { reason, cancel: () => cancel() });
    if (isFirst && ms === 0) this.#end(model, DeadlineExceededError, reason);
  }

  callback(seed: number): void {
    const { model, ctx } = this.#pick(seed);
    const copy = this.#copy(seed);
    const entry: Callback = {
      copy,
      on: model,
      isPending: true,
      stop: copy.afterFunc(ctx, () => {
        this.#called.push(entry);
        for (const other of this.#entries) {
          const isDead = other.model === model || other.model.isBelow(model);
          if (isDead && (!other.ctx.err || other.signal?.aborted === false))
            this.violations.push(`${String(other.ctx)} looked live in a callback`);
        }
      }),
    };
    this.#callbacks.push(entry);
  }

  stop(seed: number): void {
    const entry = this.#callbacks[seed % this.#callbacks.length];
    if (!entry) return;
    if (entry.stop() !== entry.isPending) this.violations.push('stop gave the wrong answer');
    entry.isPending = false;
  }

  readSignal(seed: number): void {
    const entry = this.#pick(seed);
    entry.signal = entry.ctx.signal;
  }

  cancel(seed: number, reason: unknown): void {
    const { model, cancel, given } = this.#pick(seed);
    if (!cancel) return;
    this.#end(model, CanceledError, given(reason));
    cancel(reason);
  }

  /** Ends what is not derived from anything here, and has no cancel function. */
  abort(seed: number, reason: unknown): void {
    const host = this.#hosts[seed % this.#hosts.length];
    if (!host) return;
    this.#end(host.model, CanceledError, reason ?? 'aborted');
    host.abort(reason ?? 'aborted');
  }

  wrapper(seed: number): void {
    const parent = this.#pick(seed);
    this.#add(parent, { label: '.Tracing', isWrapper: true }, new TracingContext(parent.ctx));
  }

  /**
   * Freezes a context, and its signal if that is one of the package's. Not where another copy may listen to it: the platform
   * does not tell listeners of a signal that it cannot mark.
   */
  freeze(seed: number): void {
    const { ctx, signal } = this.#pick(seed);
    Object.freeze(ctx);
    if (
      signal &&
      this.#copies.length === 1 &&
      Object.getPrototypeOf(signal) !== AbortSignal.prototype &&
      !(signal instanceof HalfSignal)
    )
      Object.freeze(signal);
  }

  advance(ms: number): void {
    for (let i = 0; i < ms; i++) {
      const now = Date.now() + 1;
      for (const { model, reason } of this.#entries) {
        if (model.own.deadline === now && !model.end)
          this.#end(model, DeadlineExceededError, reason);
      }
      vi.advanceTimersByTime(1);
      this.checkCalls();
    }
  }

  /** Holds the callbacks that have run since the last time against those that had to. */
  checkCalls(): void {
    const called = this.#called;
    this.#called = [];
    const due = this.#callbacks.filter(({ on, isPending }) => isPending && on.end);
    if (called.length !== due.length || due.some((entry) => !called.includes(entry)))
      this.violations.push(`${called.length} callbacks ran, ${due.length} were due`);
    called.forEach((entry, i) => {
      entry.isPending = false;
      for (const before of called.slice(0, i)) {
        const isOlder = this.#callbacks.indexOf(before) < this.#callbacks.indexOf(entry);
        // Each copy has a listener of its own on a signal, so between copies no order is promised.
        if (!areOfOneCopy(before, entry)) continue;
        // What wraps what cannot be seen where both have one signal.
        if (before.on.node !== entry.on.node && before.on.base === entry.on.base) continue;
        if (before.on.node === entry.on.node ? !isOlder : before.on.node.isBelow(entry.on.node))
          this.violations.push('callbacks ran in the wrong order');
      }
    });
  }

  /** How every context looks. */
  real(): string[] {
    const error = numbering();
    return this.#entries.map(({ ctx, signal }) => {
      const reason = (value: unknown): string =>
        value !== undefined && value === ctx.err ? 'err' : String(value);
      return [
        String(ctx).replaceAll(/\([^)]*\)/g, ''),
        `err ${error(ctx.err)}: ${ctx.err?.constructor.name}`,
        `cause: ${reason(cause(ctx))}`,
        `deadline: ${ctx.deadline}`,
        `values: ${keys.map((key) => String(ctx.value(key))).join()}`,
        signal && `signal: ${ctx.signal === signal} ${signal.aborted} ${reason(reasonOf(signal))}`,
      ].join(', ');
    });
  }

  /** How every context must look. */
  expected(): string[] {
    const error = numbering();
    return this.#entries.map(({ model, signal }) => {
      const { end } = model;
      const reason = end && end.cause === undefined ? 'err' : String(end?.cause);
      return [
        String(model),
        `err ${error(end)}: ${end?.type.name}`,
        `cause: ${reason}`,
        `deadline: ${model.deadline}`,
        `values: ${keys.map((key) => String(model.lookup(key))).join()}`,
        signal && `signal: true ${end !== undefined} ${reason}`,
      ].join(', ');
    });
  }
}
