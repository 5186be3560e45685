/** What `pnpm bench:service --write` writes: medians of its rounds. */
export interface ServiceReport {
  readonly command: string;
  readonly commit: string;
  readonly date: string;
  readonly machine: { readonly cpu: string };
  readonly node: string;
  readonly rows: readonly ServiceRow[];
  /** How many requests were answered while the heap was looked at. */
  readonly requests: number;
  /** Bytes in use after each sixth of them. */
  readonly heap: readonly number[];
}

export interface ServiceRow {
  readonly connections: number;
  readonly name: string;
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
}

/** The requests per second of a row, as a share of those of the server without any of it. */
export function share(rows: readonly ServiceRow[], row: ServiceRow): number {
  const bare = rows.find(
    ({ name, connections }) => name === 'bare' && connections === row.connections,
  );
  return row.perSecond / (bare?.perSecond ?? NaN);
}
