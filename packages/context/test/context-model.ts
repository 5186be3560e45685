import type { CanceledError, DeadlineExceededError } from '@gosync/context';

export interface Ending {
  /** Its place in the order of all endings. */
  readonly at: number;
  readonly type: typeof CanceledError | typeof DeadlineExceededError;
  readonly cause: unknown;
}

/** What makes one context differ from its parent. */
export interface Own {
  readonly label: string;
  /** The copy of the package that made it; absent for what none has made. */
  readonly copy?: unknown;
  readonly key?: number;
  readonly value?: unknown;
  /** A decorator of another make, which answers with the signal of its parent. */
  readonly isWrapper?: boolean;
  /** The end of the parent does not reach it. */
  readonly isCutOff?: boolean;
  /** Infinity or absent: none, or none that comes before the parent's. */
  readonly deadline?: number;
}

/** What a context is, told in the plainest way: by looking at everything above it, every time. */
export class Model {
  readonly parent: Model | undefined;
  readonly own: Own;
  /** How this very context was ended, be it too late or not. */
  ending: Ending | undefined = undefined;

  constructor(parent: Model | undefined, own: Own) {
    this.parent = parent;
    this.own = own;
  }

  /** This one and everything above whose end reaches it, nearest first. */
  get lineage(): readonly Model[] {
    return [this, ...(this.parent && !this.own.isCutOff ? this.parent.lineage : [])];
  }

  /** Why it is done: the first ending of its lineage. */
  get end(): Ending | undefined {
    const endings = this.lineage.flatMap(({ ending }) => ending ?? []);
    return endings.sort((a, b) => a.at - b.at)[0];
  }

  get deadline(): number | undefined {
    const nearest = Math.min(...this.lineage.map(({ own }) => own.deadline ?? Infinity));
    return nearest === Infinity ? undefined : nearest;
  }

  /** The one in the lineage on which callbacks hang: a context with a value has no end of its own. */
  get node(): Model {
    return this.own.key === undefined || !this.parent ? this : this.parent.node;
  }

  /** The one whose signal it has. */
  get base(): Model {
    const { parent, own } = this.node;
    return own.isWrapper && parent ? parent.base : this.node;
  }

  isBelow(other: Model): boolean {
    return this !== other && this.lineage.includes(other);
  }

  lookup(key: number): unknown {
    return this.own.key === key ? this.own.value : this.parent?.lookup(key);
  }

  toString(): string {
    return String(this.parent ?? '') + this.own.label;
  }
}
