import type { TestProject } from 'vitest/node';
import { hasServer, Server } from '../../packages/redis/test/server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The address of the server for the fences that have a client; empty where there is none. */
    redis: string;
  }
}

/** Starts a server for the fences that need one. */
export async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const server = hasServer ? await Server.start() : undefined;
  provide('redis', server?.url ?? '');
  return async () => {
    await server?.[Symbol.asyncDispose]();
  };
}
