import { show } from './errors.ts';

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

/** Any key but a {@link Key}, whose values must fit it, and but what is no key. */
export type OtherKey<K> = K extends { readonly [valueType]: unknown } | null | undefined
  ? never
  : K;

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
    throw new TypeError(`context: description of a key is not a string: ${show(description)}`);
  }
  return new ContextKey<V>(description);
}
