import { config } from './worker-state.ts';
import {
  type File,
  startTests,
  type Task,
  type VitestRunner,
  type VitestRunnerConfig,
} from '@vitest/runner';

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
  return results.flatMap((file) => [...failure(file), ...testsOf(file, file)]);
}

/** A file that could not be loaded, or whose hooks failed, is a failed test of its own. */
function failure(task: File): TestResult[] {
  const [error] = task.result?.errors ?? [];
  return error ? [{ file: task.filepath, name: '(file)', passed: false, error: text(error) }] : [];
}

function testsOf(file: File, task: Task): TestResult[] {
  if (task.type === 'suite') {
    const errors = 'filepath' in task ? [] : (task.result?.errors ?? []);
    const own = errors.map((error) => ({
      file: file.filepath,
      name: `${task.name} (hooks)`,
      passed: false,
      error: text(error),
    }));
    return [...own, ...task.tasks.flatMap((each) => testsOf(file, each))];
  }
  const [error] = task.result?.errors ?? [];
  return [
    {
      file: file.filepath,
      name: [task.suite?.name, task.name].filter(Boolean).join(' > '),
      passed: task.result?.state === 'pass',
      ...(error ? { error: text(error) } : {}),
    },
  ];
}

function text({ message, stack }: { readonly message: string; readonly stack?: string }): string {
  return `${message}\n${stack ?? ''}`;
}
