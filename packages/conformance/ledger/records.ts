import { readdirSync } from 'node:fs';
import { root } from './titles.ts';

/** The files of the decision records, in order. */
export function recordFiles(): string[] {
  return readdirSync(new URL('docs/decisions/', root))
    .filter((file) => /^\d{4}-[\w-]+\.md$/.test(file))
    .sort();
}
