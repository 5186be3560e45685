/** News of one request: `fence` 0 says that it can never fit. */
export interface Grant {
  readonly slot: number;
  readonly counter: number;
  readonly fence: number;
}

export type Status = 'ok' | 'lost' | 'stale' | 'size';

/** What the script answers, whatever was asked. */
export interface Reply {
  readonly status: Status;
  /** The incarnation of the session; 0 when it has none. */
  readonly born: number;
  /** The stored lease, in milliseconds. */
  readonly lease: number;
  /** For how long nothing is granted yet, in milliseconds. */
  readonly quiet: number;
  /** When a session of somebody ends at the earliest, in milliseconds from now; -1 when nobody waits. */
  readonly due: number;
  /** Whether the server tells that it has restarted. */
  readonly protection: boolean;
  readonly size: number;
  /** What the operation answers. */
  readonly result: readonly (string | number)[];
  /** Requests of this session that were granted by the call. */
  readonly grants: readonly Grant[];
}

const header = 8;

/** Clients may be set to return integers as text, and text as bytes. */
function value(item: unknown): string | number {
  const text = String(item);
  return /^-?\d+$/.test(text) ? Number(text) : text;
}

/** News from triples of numbers. */
export function grantsOf(numbers: readonly number[]): Grant[] {
  const grants: Grant[] = [];
  for (let i = 0; i + 2 < numbers.length; i += 3) {
    const [slot = 0, counter = 0, fence = 0] = numbers.slice(i, i + 3);
    grants.push({ slot, counter, fence });
  }
  return grants;
}

/**
 * Reads what the script has answered.
 * @throws Error when the stored state was written by a newer version of this package.
 */
export function parse(raw: unknown): Reply {
  const items = Array.isArray(raw) ? raw.map(value) : [];
  const status = items[0];
  if (status !== 'ok' && status !== 'lost' && status !== 'stale' && status !== 'size') {
    throw new Error(
      status === 'version'
        ? `redis: state was written by a newer version of this package: protocol ${items[1]}`
        : `redis: answer is not one of the script: ${String(raw)}`,
    );
  }
  const [born = 0, lease = 0, quiet = 0, due = 0, protection = 0, size = 0, length = 0] = items
    .slice(1, header)
    .map(Number);
  return {
    status,
    born,
    lease,
    quiet,
    due,
    protection: protection === 1,
    size,
    result: items.slice(header, header + length),
    grants: grantsOf(items.slice(header + length).map(Number)),
  };
}
