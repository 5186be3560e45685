import { backgroundNode, endless } from './background.ts';
import type { End } from './cancellation.ts';
import type { Context, ContextLike } from './context.ts';
import { show } from './errors.ts';
import { ForeignEndlessNode, ForeignNode } from './foreign-context.ts';
import { SignalNode } from './foreign-signal.ts';
import { Handle } from './handle.ts';
import type { Node } from './node.ts';
import { adoptSignal, ownerOf } from './owner.ts';

function isSignal(value: unknown): value is AbortSignal {
  // Not `instanceof`: signals come from other realms.
  return (
    typeof value === 'object' && value !== null && 'aborted' in value && 'addEventListener' in value
  );
}

function isContext(value: { readonly signal: AbortSignal }): value is Context {
  return 'err' in value && 'value' in value && typeof value.value === 'function';
}

function bridge(signal: AbortSignal): Node {
  const owner = ownerOf(signal);
  if (owner) return owner;
  if (endless in signal) return backgroundNode;
  const node = new SignalNode(signal);
  adoptSignal(signal, node);
  return node;
}

function foreign(context: Context): Node {
  const { cancelable } = bridge(context.signal);
  if (cancelable instanceof SignalNode) cancelable.know(context);
  return cancelable ? new ForeignNode(context, cancelable) : new ForeignEndlessNode(context);
}

/** The node of this package that stands for `source`. */
export function adopt(source: ContextLike): Node {
  // Callers without types pass anything.
  const object: ContextLike = Object(source);
  if (Handle.is(object)) return Handle.node(object);
  if (isSignal(object)) return bridge(object);
  const { signal } = object;
  if (!isSignal(signal)) {
    const what = source
      ? 'not a Context, an AbortSignal or an object with a signal'
      : 'cannot create context from nil parent';
    throw new TypeError(`context: ${what}: ${show(source)}`);
  }
  if (isContext(object)) return foreign(object);
  const node = bridge(signal);
  if (node instanceof SignalNode) node.keep(object);
  return node;
}

/** How `source` ended; `undefined` while it is live. */
export function endOf(source: ContextLike): End | undefined {
  const object: ContextLike = Object(source);
  return Handle.is(object) ? Handle.done(object) : adopt(source).done();
}

/**
 * The {@link Context} for anything that has an `AbortSignal`. A `Context` comes back unchanged; for a
 * signal that belongs to a context of this package, that context comes back; for the same foreign signal
 * it is always the same object.
 *
 * However much is derived from, or waits on, one foreign signal: it gets one listener, and that is
 * removed when the last of them is gone. The object that brought the signal, such as a `Request`, is kept meanwhile.
 *
 * **Cancellation**: the context is done when the signal is aborted, with the signal's reason as its cause. What a
 * foreign signal throws when it is asked is reported as an uncaught exception, once.
 *
 * @param source - A `Context`, an `AbortSignal`, or an object with one, such as a `Request`.
 * @throws TypeError when it is none of these.
 *
 * @example The reason of a foreign signal is the cause
 * ```ts
 * import { cause, from } from '@gosync/context';
 *
 * const controller = new AbortController();
 * const ctx = from(controller.signal);
 * controller.abort('user left');
 * cause(ctx); // => 'user left'
 * ctx.err?.message; // => 'context canceled'
 * ```
 *
 * @see Go: none; `AbortSignal` is the platform's own cancellation.
 */
export function from(source: ContextLike): Context {
  if (typeof source === 'object' && source !== null && Handle.is(source)) return source;
  const node = adopt(source);
  return node instanceof ForeignNode ? node.context : Handle.of(node);
}
