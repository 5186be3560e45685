import { writeSync } from 'node:fs';
import {
  type Case,
  type Check,
  type CheckReport,
  type Limits,
  marker,
  type Report,
  type Scope,
} from './case.ts';
import { Trouble } from './trouble.ts';

const defaults: Limits = { check: 20_000, prompt: 5_000, leftovers: 3_000 };

/** Runs `f` unless it takes longer than `limit` milliseconds. */
async function within(limit: number, f: () => unknown): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`still pending after ${limit} ms`)), limit);
  });
  try {
    return await Promise.race([f(), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Runs a case in this process, prints its report, and leaves it to the process to end. */
export async function run(subject: Case): Promise<void> {
  const { library, title, checks, warnings = [], limits = defaults } = subject;
  const trouble = new Trouble(warnings, limits);
  const reports: CheckReport[] = [];
  const check = async (name: string, f: Check, mayLeaveTimers = false): Promise<void> => {
    const thrown: string[] = [];
    let outcome: unknown;
    const seen = await trouble.during(mayLeaveTimers, async (scope: Scope) => {
      try {
        outcome = await within(limits.check, () => f(scope));
      } catch (error) {
        thrown.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
      }
    });
    const problems = [...thrown, ...seen];
    reports.push(typeof outcome === 'string' ? { name, outcome, problems } : { name, problems });
  };
  await check('opens', () => subject.open?.(), true);
  for (const [name, f] of Object.entries(checks)) await check(name, f);
  await check('closes', () => subject.close?.());
  reports.push({ name: 'leaves nothing behind', problems: await trouble.left() });
  const report: Report = { library, ...(title === undefined ? {} : { title }), checks: reports };
  // At once: the process may be ended before a stream has been written.
  writeSync(1, `\n${marker}${JSON.stringify(report)}\n`);
}
