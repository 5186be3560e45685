function text(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

/** Whether `cause` is somewhere below `error`. */
function carries(error: object, cause: unknown): boolean {
  let each: unknown = error;
  for (let depth = 0; depth < 5 && each instanceof Error; depth++) {
    if (each.cause === cause) return true;
    each = each.cause;
  }
  return false;
}

/** An error in the words of the table: by what a caller can tell it apart. */
export function describe(error: unknown, cause: unknown): string {
  if (error === cause) return 'the cause';
  if (typeof error !== 'object' || error === null) return `${typeof error} ${String(error)}`;
  const named = 'name' in error ? text(error.name) : undefined;
  // A class that kept the name of its parent.
  const name = named === undefined || named === 'Error' ? error.constructor.name : named;
  const code = 'code' in error ? text(error.code) : undefined;
  const words = [name, code, carries(error, cause) ? 'with the cause' : undefined];
  return words.filter((word) => word !== undefined).join(' ');
}
