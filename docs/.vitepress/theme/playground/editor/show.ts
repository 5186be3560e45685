import inspect from 'object-inspect';

/** What a console prints of `values`. */
export function show(values: readonly unknown[]): string {
  return values.map((value) => (typeof value === 'string' ? value : showOne(value))).join(' ');
}

function showOne(value: unknown): string {
  if (isContext(value) || value instanceof Error) return String(value);
  return inspect(value, { depth: 3 });
}

/** A context describes itself; its insides are nobody's business. */
function isContext(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'signal' in value && 'deadline' in value;
}

/** An error, with the line of the program at `url` where it comes from. */
export function showError(error: unknown, url: string): string {
  const text = error instanceof Error ? String(error) : `thrown: ${show([error])}`;
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const line = stack.split(`${url}:`)[1]?.match(/^\d+/)?.[0];
  return line === undefined ? text : `${text} (line ${line})`;
}
