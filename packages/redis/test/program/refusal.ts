import { RemoteError } from '@gosync/redis';
import { now, type Report } from './order.ts';

export function textOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

/** What is reported when `request` ends with `error`. */
export function refusal(request: string, error: unknown): Report {
  const [name, message] = error instanceof Error ? [error.name, error.message] : ['', ''];
  const reason = error instanceof Error ? textOf(error.cause) : textOf(error);
  const remote = error instanceof RemoteError;
  const code = remote ? error.code : undefined;
  return { kind: 'refused', at: now(), request, name, message, cause: reason, remote, code };
}
