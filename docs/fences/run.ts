import { inspect } from 'node:util';
import type { Fence } from './fence.ts';
import { moduleOf, pathOf } from './module.ts';
import { recorder } from './recorder.ts';

/**
 * Runs a fence and says where it does not do what it says.
 *
 * With `other`, each expected value is made another one first.
 */
export async function runProblems(fence: Fence, other = false): Promise<string[]> {
  const { expectations, problems } = moduleOf(fence, other);
  const path = pathOf(fence, other);
  const record = recorder(path);
  const found = [...problems];
  const report = (line: number, text: string): void => {
    found.push(`${fence.file}:${line}: ${text}`);
  };
  try {
    await import(/* @vite-ignore */ path);
  } catch (error) {
    report(fence.line, `threw ${inspect(error)}`);
    return found;
  }
  for (const { line, text } of record.problems) report(line, text);
  for (const line of expectations) if (!record.seen.has(line)) report(line, 'was never reached');
  if (record.rest !== '') {
    report(fence.line, `printed more than it says: ${inspect(record.rest)}`);
  }
  return found;
}
