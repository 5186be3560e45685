import {
  afterFunc,
  background,
  type CancelFunc,
  type Context,
  createKey,
  withCancel,
  withoutCancel,
  withTimeout,
  withValue,
} from '@gosync/context';
import { reactive } from 'vue';
import { message } from '../pause.ts';

export const kinds = ['withCancel', 'withTimeout', 'withValue', 'withoutCancel'] as const;
export type Kind = (typeof kinds)[number];

/** One context of the tree. */
export interface Node {
  readonly id: number;
  readonly name: string;
  readonly kind: Kind | 'background';
  readonly depth: number;
  /** In epoch milliseconds, its own or inherited; absent if it has none. */
  readonly deadline: number | undefined;
  readonly cancelable: boolean;
  /** `err.message`; empty while it is live. */
  ended: string;
}

const label = createKey<string>('label');

/** A tree of contexts, in the order in which it is drawn: children below their parent. */
export class TreeSimulation {
  static readonly largest = 16;
  readonly nodes: Node[] = reactive([]);
  readonly #contexts = new Map<number, Context>();
  readonly #cancel = new Map<number, CancelFunc>();
  #count = 0;
  #derived = 0;

  constructor() {
    const root = this.#add(background(), 'program', 'background', 0, 0);
    const request = this.derive(root.id, 'withCancel', 'request');
    const database = this.derive(request.id, 'withCancel', 'database');
    this.derive(database.id, 'withValue', 'query');
    this.derive(request.id, 'withCancel', 'template');
    const audit = this.derive(request.id, 'withoutCancel', 'audit');
    this.derive(audit.id, 'withCancel', 'log entry');
  }

  get full(): boolean {
    return this.nodes.length >= TreeSimulation.largest;
  }

  /** Derives a context from that of `parent`, with a deadline in `ms` milliseconds if the kind has one. */
  derive(parent: number, kind: Kind, name = `derived ${++this.#derived}`, ms = 0): Node {
    const at = this.nodes.findIndex((node) => node.id === parent);
    const above = this.nodes[at];
    const from = this.#contexts.get(parent);
    if (!above || !from) throw new RangeError(`no such context: ${parent}`);
    let end = at + 1;
    while ((this.nodes[end]?.depth ?? 0) > above.depth) end++;
    const [ctx, cancel] = make[kind](from, name, ms);
    return this.#add(ctx, name, kind, above.depth + 1, end, cancel);
  }

  cancel(id: number): void {
    this.#cancel.get(id)?.();
  }

  /** Ends everything. */
  close(): void {
    for (const cancel of this.#cancel.values()) cancel();
  }

  #add(
    ctx: Context,
    name: string,
    kind: Node['kind'],
    depth: number,
    at: number,
    cancel?: CancelFunc,
  ): Node {
    const id = ++this.#count;
    const ended = ctx.err ? message(ctx.err) : '';
    const { deadline } = ctx;
    const cancelable = cancel !== undefined;
    const node: Node = reactive({ id, name, kind, depth, deadline, cancelable, ended });
    this.nodes.splice(at, 0, node);
    this.#contexts.set(id, ctx);
    if (cancel) this.#cancel.set(id, cancel);
    if (!ended) afterFunc(ctx, () => (node.ended = message(ctx.err)));
    return node;
  }
}

/** A new context of each kind, and what cancels it if anything does. */
const make: Readonly<
  Record<
    Kind,
    (parent: Context, name: string, ms: number) => readonly [Context, CancelFunc | undefined]
  >
> = {
  withCancel: (parent) => withCancel(parent),
  withTimeout: (parent, _name, ms) => withTimeout(parent, ms),
  withValue: (parent, name) => [withValue(parent, label, name), undefined],
  withoutCancel: (parent) => [withoutCancel(parent), undefined],
};
