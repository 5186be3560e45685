import * as context from '@gosync/context';
import * as errgroup from '@gosync/errgroup';
import * as semaphore from '@gosync/semaphore';
import * as singleflight from '@gosync/singleflight';
import * as syncmap from '@gosync/syncmap';
import * as tasks from '@gosync/tasks';

type Exports = Readonly<Record<string, unknown>>;

/** What a program here can import. */
export const packages: Readonly<Record<string, Exports>> = {
  '@gosync/context': context,
  '@gosync/errgroup': errgroup,
  '@gosync/semaphore': semaphore,
  '@gosync/singleflight': singleflight,
  '@gosync/syncmap': syncmap,
  '@gosync/tasks': tasks,
};

/** The source of a module that exports what `expression` has. */
export function moduleOf(expression: string, names: readonly string[]): string {
  const each = names.map((name) => `export const ${name} = it[${JSON.stringify(name)}];`);
  return [`const it = ${expression};`, ...each].join('\n');
}
