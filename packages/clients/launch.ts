import { attempt } from '@gosync/runtimes/command';
import { type CheckReport, marker, type Report } from './harness/case.ts';

interface Options {
  readonly environment?: Readonly<Record<string, string>>;
  /** Milliseconds that a process may take. */
  readonly timeout?: number;
}

const nothing: Report = { library: '', checks: [] };

/** Runs a program of a case, and reports what it could not report itself: that it hung, crashed or said nothing. */
export async function launch(
  node: string,
  program: string,
  { environment = {}, timeout = 90_000 }: Options = {},
): Promise<Report> {
  const { code, output, errors } = await attempt([node, program], { timeout, environment });
  const line = output.split('\n').find((each) => each.startsWith(marker));
  const report: Report = line === undefined ? nothing : JSON.parse(line.slice(marker.length));
  const problems: string[] = [];
  if (line === undefined) problems.push(`no report\n${(output + errors).slice(-3_000)}`);
  // A process that was killed has no code.
  if (code === null) problems.push(`still running after ${timeout} ms`);
  else if (code !== 0) problems.push(`exited with ${code}\n${errors.slice(-3_000)}`);
  const ending: CheckReport = { name: 'ends by itself', problems };
  return { ...report, checks: [...report.checks, ending] };
}
