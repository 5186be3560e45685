import { adopt } from './adopt.ts';
import { backgroundNode } from './background.ts';
import type { Context, ContextLike } from './context.ts';
import { show } from './errors.ts';
import { Handle } from './handle.ts';
import type { Key, OtherKey } from './key.ts';
import { type Cancelable, type Deadline, Node, type Values } from './node.ts';

class ValueNode extends Node implements Values {
  // Copied, not asked of the parent: a chain may be longer than the stack is deep.
  readonly cancelable: Cancelable | undefined;
  readonly deadline: Deadline | undefined;
  readonly #key: unknown;
  readonly #value: unknown;

  constructor(parent: Node, key: unknown, value: unknown) {
    super(parent);
    this.cancelable = parent.cancelable;
    this.deadline = parent.deadline;
    this.#key = key;
    this.#value = value;
  }

  get signal(): AbortSignal {
    return (this.cancelable ?? backgroundNode).signal;
  }

  get values(): this {
    return this;
  }

  lookup(key: unknown): unknown {
    let values: Values | undefined = this;
    // Skips from value to value: contexts without one are not on the way.
    while (values instanceof ValueNode) {
      if (values.#key === key) return values.#value;
      values = values.parent?.values;
    }
    return values?.lookup(key);
  }

  label(): string {
    // The key alone: a value may be a secret, and this text ends up in logs.
    const key = this.#key;
    const described = typeof key === 'object' && key !== null && 'description' in key;
    return `.WithValue(${typeof key === 'string' ? key : described ? String(key.description) : show(key)})`;
  }
}

/**
 * A context like `parent` in which `key` has `value`.
 *
 * For data that belongs to a request and crosses API boundaries: an identity, a trace, a locale; not for
 * passing optional parameters. Make keys with {@link createKey}; any other value can be a key too, whose
 * values are `unknown`. Keys are compared with `===`.
 *
 * **Cost**: creating is O(1); looking up is linear in the number of values above.
 *
 * @param parent - The context to derive from.
 * @param key - Anything but `undefined` and `null`.
 * @throws TypeError when `key` is `undefined` or `null`, or when `parent` is not a {@link ContextLike}.
 *
 * @example The nearest value wins
 * ```ts
 * import { background, createKey, withValue } from '@gosync/context';
 *
 * const locale = createKey<string>('locale');
 * const outer = withValue(background(), locale, 'en');
 * const inner = withValue(outer, locale, 'de');
 * inner.value(locale); // => 'de'
 * outer.value(locale); // => 'en'
 * ```
 *
 * @see Go: https://github.com/golang/go/blob/go1.26.10/src/context/context.go#L727
 */
export function withValue<V>(parent: ContextLike, key: Key<V>, value: V): Context;
export function withValue<K>(parent: ContextLike, key: OtherKey<K>, value: unknown): Context;
export function withValue(parent: ContextLike, key: unknown, value: unknown): Context {
  if (key === undefined || key === null) throw new TypeError(`context: nil key: ${String(key)}`);
  return Handle.of(new ValueNode(adopt(parent), key, value));
}
