/** @throws RangeError when `n` cannot be a limit. */
export function checkLimit(n: unknown): void {
  if (Number.isSafeInteger(n)) return;
  throw new RangeError(`errgroup: limit is not a safe integer (negative is none): ${show(n)}`);
}

export function limitInUse(running: number): Error {
  return new Error(
    `errgroup: modify limit while ${running} goroutines in the group are still active`,
  );
}

export function limitZero(): Error {
  return new Error('errgroup: go would wait for ever: limit 0');
}

/** How bad input is shown in messages. Never fails: a value may have no text. */
function show(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  try {
    return String(value);
  } catch {
    return typeof value;
  }
}

export function misuse(what: string, value: unknown): TypeError {
  let text: string = typeof value;
  try {
    text = Object.prototype.toString.call(value);
  } catch {
    // A value without a text.
  }
  return new TypeError(`errgroup: ${what}: ${text}`);
}

/**
 * Refuses what a task returned if it is a generator, or another iterator: nobody would run it.
 *
 * @throws TypeError when it is.
 */
export function refuseIterator(result: object): void {
  if (!('next' in result) || 'then' in result) return;
  if (Symbol.asyncIterator in result || Symbol.iterator in result) {
    throw misuse(
      'task returned an iterator, which nobody runs: loop over it in an async function',
      result,
    );
  }
}
