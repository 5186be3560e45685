/** What the page asks of the worker. */
export type Command = { readonly type: 'run'; readonly source: string } | { readonly type: 'stop' };

export type Level = 'log' | 'warn' | 'error';

/** What the worker tells the page. */
export type Report =
  | { readonly type: 'print'; readonly level: Level; readonly text: string }
  | { readonly type: 'ended' };
