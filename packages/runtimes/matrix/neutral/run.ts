import { config } from './worker-state.ts';
import { startTests, type Task, type VitestRunner, type VitestRunnerConfig } from '@vitest/runner';

/** What came of one test. */
export interface TestResult {
  readonly file: string;
  readonly name: string;
  readonly passed: boolean;
  /** What went wrong. */
  readonly error?: string;
}

type Load = () => Promise<unknown>;

/** Runs test files with vitest's runner and matchers, on anything that runs JavaScript. */
export async function run(files: Readonly<Record<string, Load>>): Promise<TestResult[]> {
  // What vitest gives a runner as its configuration is larger; nothing more of it is looked at.
  const all: VitestRunnerConfig = Object.assign(Object.create(null), config);
  const runner: VitestRunner = {
    config: all,
    async importFile(file) {
      await files[file]?.();
    },
  };
  const results = await startTests(Object.keys(files), runner);
  return results.flatMap((file) => resultsOf(file.filepath, file));
}

/** The results of a task and all below it. A failed hook, or a file that does not load, is a failed test of its own. */
function resultsOf(file: string, task: Task, above: readonly string[] = []): TestResult[] {
  const names = 'filepath' in task ? [] : [...above, task.name];
  const [error] = task.result?.errors ?? [];
  const passed = task.result?.state === 'pass';
  const own = { file, name: names.join(' > '), passed, ...(error ? { error: text(error) } : {}) };
  if (task.type !== 'suite') return [own];
  const below = task.tasks.flatMap((each) => resultsOf(file, each, names));
  return error ? [{ ...own, name: `${own.name} (set-up)` }, ...below] : below;
}

function text({ message, stack }: { readonly message: string; readonly stack?: string }): string {
  return stack?.includes(message) ? stack : `${message}\n${stack ?? ''}`;
}
