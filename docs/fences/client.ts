import { createClient as create } from 'redis';
import { inject } from 'vitest';

/** What fences import from `redis`: a client of the server that was started for them. */
export function createClient(): ReturnType<typeof create> {
  return create({ url: inject('redis') });
}
