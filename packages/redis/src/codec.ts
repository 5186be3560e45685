import { show } from './arguments.ts';
import { RemoteError, ResultTooLargeError } from './errors.ts';

/**
 * How the values of a {@link SharedGroup} become text and come back in other processes.
 *
 * @see Go: none; in one process everybody gets the same value.
 */
export interface Codec<V> {
  encode(value: V): string;
  decode(text: string): V;
}

/** How a call ended, and whether more than one caller was waiting. */
export type Outcome<V> =
  | { readonly ok: true; readonly value: V; readonly shared: boolean }
  | { readonly ok: false; readonly error: unknown; readonly shared: boolean };

/** JSON, in which `undefined` is no text at all. */
export function jsonCodec<V>(): Codec<V> {
  return {
    encode: (value) => (value === undefined ? '' : JSON.stringify(value)),
    decode: (text) => (text === '' ? undefined : JSON.parse(text)),
  };
}

/** An error as text: what can be shown of it elsewhere. */
export function encodeError(error: unknown): string {
  if (!(error instanceof Error)) return JSON.stringify({ name: 'Error', message: show(error) });
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return JSON.stringify({ name: error.name, message: error.message, code });
}

export function decodeError(text: string): RemoteError {
  const found: unknown = JSON.parse(text);
  const field = (name: string): string | undefined => {
    const value: unknown = Object(found)[name];
    return typeof value === 'string' ? value : undefined;
  };
  return new RemoteError(field('name') ?? 'Error', field('message') ?? '', field('code'));
}

const utf8 = new TextEncoder();

/** How an outcome travels, and the outcome itself: another one when it cannot. */
export function encodeOutcome<V>(
  outcome: Outcome<V>,
  codec: Codec<V>,
  maxBytes: number,
): readonly [payload: string, outcome: Outcome<V>] {
  if (!outcome.ok) return [`e${encodeError(outcome.error)}`, outcome];
  try {
    const text = codec.encode(outcome.value);
    if (typeof text !== 'string') {
      throw new TypeError(`redis: encoded value is not a string: ${show(text)}`);
    }
    const bytes = utf8.encode(text).length;
    if (bytes > maxBytes) throw new ResultTooLargeError(bytes, maxBytes);
    return [`v${text}`, outcome];
  } catch (error) {
    // Everybody hears the same, the leader's own callers too.
    const payload =
      error instanceof ResultTooLargeError
        ? `t${error.bytes} ${error.maxBytes}`
        : `e${encodeError(error)}`;
    return [payload, { ok: false, error, shared: outcome.shared }];
  }
}

/** The first letter says what follows: a value, the sizes of one that is too large, or an error. */
function decodeFailure(payload: string): Error {
  const text = payload.slice(1);
  if (!payload.startsWith('t')) return decodeError(text);
  const [bytes = NaN, maxBytes = NaN] = text.split(' ').map(Number);
  return new ResultTooLargeError(bytes, maxBytes);
}

export function decodeOutcome<V>(payload: string, codec: Codec<V>, shared: boolean): Outcome<V> {
  try {
    if (!payload.startsWith('v')) return { ok: false, error: decodeFailure(payload), shared };
    return { ok: true, value: codec.decode(payload.slice(1)), shared };
  } catch (error) {
    return { ok: false, error, shared };
  }
}
