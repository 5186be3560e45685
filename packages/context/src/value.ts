import { background } from './background.ts';
import type { CancelContext } from './cancel.ts';
import { BaseContext, type Context, type ContextLike, type Values } from './context.ts';
import { show } from './errors.ts';
import { adopt } from './signal.ts';

/** Exists in types alone: it carries a key's type of value. */
declare const valueType: unique symbol;

/**
 * A key made by {@link createKey}: unique, and it knows the type of the values stored under it.
 *
 * @example A function that takes any key
 * ```ts
 * import { background, createKey, type Context, type Key } from '@gosync/context';
 *
 * const read = <V>(ctx: Context, key: Key<V>, otherwise: V): V => ctx.value(key) ?? otherwise;
 * read(background(), createKey<string>('locale'), 'en'); // => 'en'
 * ```
 *
 * @see Go: none; there a key has its uniqueness from an unexported type and its value's type from an assertion.
 */
export interface Key<V> {
  readonly description: string;
  /** @internal */
  readonly [valueType]: (value: V) => V;
}

class ContextKey<V> implements Key<V> {
  declare readonly [valueType]: (value: V) => V;

  readonly description: string;

  constructor(description: string) {
    this.description = description;
  }

  toString(): string {
    return this.description;
  }
}

/**
 * A new key, different from every other, for values of type `V`.
 *
 * @param description - What `String(ctx)` shows for it. Two keys of one description are still two keys.
 * @throws TypeError when `description` is not a string.
 *
 * @example Values come back with their type
 * ```ts
 * import { background, createKey, withValue } from '@gosync/context';
 *
 * const user = createKey<{ name: string }>('user');
 * const ctx = withValue(background(), user, { name: 'Ada' });
 * ctx.value(user)?.name; // => 'Ada'
 * String(ctx); // => 'context.Background.WithValue(user)'
 * ```
 *
 * @see Go: none, see {@link Key}.
 */
export function createKey<V>(description: string): Key<V> {
  if (typeof description !== 'string') {
    throw new TypeError(`context: description of a key is not a string: ${String(description)}`);
  }
  return new ContextKey<V>(description);
}

class ValueContext extends BaseContext implements Values {
  readonly parent: BaseContext;
  // Copied, not asked of the parent: a chain may be longer than the stack is deep.
  readonly node: CancelContext | undefined;
  readonly deadline: number | undefined;
  readonly #key: unknown;
  readonly #value: unknown;

  constructor(parent: BaseContext, key: unknown, value: unknown) {
    super();
    this.parent = parent;
    this.node = parent.node;
    this.deadline = parent.deadline;
    this.#key = key;
    this.#value = value;
  }

  get signal(): AbortSignal {
    return (this.node ?? background()).signal;
  }

  get values(): this {
    return this;
  }

  lookup(key: unknown): unknown {
    let values: Values | undefined = this;
    // Skips from value to value: contexts without one are not on the way.
    while (values instanceof ValueContext) {
      if (values.#key === key) return values.#value;
      values = values.parent.values;
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

/** Any key but a {@link Key}, whose values must fit it. */
type OtherKey<K> = K extends { readonly [valueType]: unknown } ? never : K;

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
  return new ValueContext(adopt(parent), key, value);
}
