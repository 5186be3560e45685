import { Session } from 'node:inspector/promises';

/**
 * Where the time of a contender goes, in shares of 1: the garbage collector; code, which is that of the workload and
 * of the package together, for the engine compiles the one into the other; and what the engine does outside of it,
 * microtasks and timers for the most part.
 * @typedef {{ collector: number, code: number, engine: number }} Profile
 */

/**
 * Samples the stack while `work` runs.
 * @param {() => Promise<unknown>} work
 * @returns {Promise<Profile>}
 */
export async function profile(work) {
  const session = new Session();
  session.connect();
  try {
    await session.post('Profiler.enable');
    // Microseconds.
    await session.post('Profiler.setSamplingInterval', { interval: 200 });
    await session.post('Profiler.start');
    await work();
    const { profile: taken } = await session.post('Profiler.stop');
    const parts = new Map(taken.nodes.map(({ id, callFrame }) => [id, partOf(callFrame)]));
    const found = (taken.samples ?? []).map((id) => parts.get(id));
    const all = found.filter((part) => part !== undefined).length;
    /** @param {keyof Profile} part */
    const share = (part) => Number((found.filter((one) => one === part).length / all).toFixed(2));
    return { collector: share('collector'), code: share('code'), engine: share('engine') };
  } finally {
    session.disconnect();
  }
}

/**
 * @param {{ functionName: string, url: string }} frame
 * @returns {keyof Profile | undefined} nothing where there was nothing to do
 */
function partOf({ functionName, url }) {
  if (functionName === '(garbage collector)') return 'collector';
  if (functionName === '(idle)') return undefined;
  return url.startsWith('file:') ? 'code' : 'engine';
}
