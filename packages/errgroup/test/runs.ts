/** How many scripts a property is tried with: `usual`, or what the environment variable `RUNS` says, where there is one. */
export function runs(usual: number): number {
  return Number(globalThis.process?.env['RUNS'] ?? usual);
}
