import { getSystemErrorMap } from 'node:util';
import { Failure } from './failure.ts';
import { quote } from './names.ts';

/** A file or directory that cannot be read, by name. */
export function unreadable(path: Buffer, reason: string, cause?: unknown): Failure {
  return new Failure(1, `cannot read ${quote(path)}: ${reason}`, cause);
}

/** Puts the name of the file to an error of the file system. Other errors come back as they are. */
export function named(path: Buffer, err: unknown): unknown {
  if (!(err instanceof Error && 'errno' in err && typeof err.errno === 'number')) return err;
  const [code, text] = getSystemErrorMap().get(err.errno) ?? ['unknown', err.message];
  return unreadable(path, `${text} (${code})`, err);
}
