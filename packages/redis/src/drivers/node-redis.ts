import { checkMethods } from '../arguments.ts';
import type { Driver, Script } from '../driver.ts';

interface Arguments {
  keys: string[];
  arguments: string[];
}

type Listener = (...args: unknown[]) => void;

/**
 * What the driver uses of a client made by `createClient` or `createCluster` of node-redis, 5 or newer.
 *
 * @see Go: none.
 */
export interface NodeRedisClient {
  readonly isOpen: boolean;
  eval(text: string, options: Arguments): Promise<unknown>;
  evalSha(digest: string, options: Arguments): Promise<unknown>;
  subscribe(channel: string, listener: (message: string) => void): Promise<unknown>;
  unsubscribe(channel: string): Promise<unknown>;
  connect(): Promise<unknown>;
  duplicate(): NodeRedisClient;
  destroy(): unknown;
  on(event: string, listener: Listener): unknown;
  off(event: string, listener: Listener): unknown;
}

/** The clients on which commands may be sent while they are subscribed: those of RESP3, and clusters. */
function takesCommandsWhileSubscribed(client: object): boolean {
  if ('nodeByAddress' in client || 'masters' in client) return true;
  const options: unknown = 'options' in client ? client.options : undefined;
  return typeof options === 'object' && options !== null && 'RESP' in options && options.RESP === 3;
}

/** The last two are a cluster's. */
const interruptions = ['ready', 'reconnecting', 'node-ready', 'node-reconnecting'];

function ignore(): void {}

/** What the server answered with, as far as it shows: then the script was not run to its end. */
function isReply(error: unknown): boolean {
  return error instanceof Error && /^(?:[A-Z]{3,} |Script killed)/.test(error.message);
}

/**
 * The driver for a client of `redis` (node-redis), 5 or newer: one that is connected, or will be.
 *
 * The client's own connection is used for commands, and under RESP3, the default since 6, for messages too;
 * otherwise it is duplicated for messages.
 *
 * @throws TypeError when `client` is not such a client.
 * @see Go: none.
 */
export function nodeRedis(client: NodeRedisClient): Driver {
  checkMethods('client is not one of node-redis', client, 'evalSha', 'eval', 'duplicate');
  return {
    async run(script: Script, keys: readonly string[], args: readonly string[]): Promise<unknown> {
      const options = { keys: [...keys], arguments: [...args] };
      try {
        return await client.evalSha(script.digest, options);
      } catch (error) {
        if (!(error instanceof Error && error.message.startsWith('NOSCRIPT'))) throw error;
        return client.eval(script.text, options);
      }
    },

    async subscribe(channel, message, gap) {
      const own = takesCommandsWhileSubscribed(client);
      const subscriber = own ? client : client.duplicate();
      const subscribe = async (): Promise<void> => {
        // A connection for messages alone would keep the process from ending.
        if (!client.isOpen) throw new Error('redis: client is closed');
        if (!own) await subscriber.connect();
        await subscriber.subscribe(channel, message);
      };
      // Whoever closes the client has closed all of it, and can open it again.
      const end = (): void => {
        if (!own && subscriber.isOpen) subscriber.destroy();
      };
      const open = (): void => {
        if (!own && !subscriber.isOpen) subscribe().then(gap, ignore);
      };
      // A client without a listener for errors ends the process with one.
      if (!own) subscriber.on('error', ignore);
      for (const event of interruptions) client.on(event, gap);
      if (!own) subscriber.on('ready', gap);
      const close = async (): Promise<void> => {
        for (const event of interruptions) client.off(event, gap);
        client.off('end', end);
        client.off('ready', open);
        if (own) await subscriber.unsubscribe(channel);
        else end();
      };
      client.on('end', end);
      try {
        await subscribe();
        client.on('ready', open);
      } catch (error) {
        await close().catch(ignore);
        throw error;
      }
      return { close };
    },

    unknownOutcome: (error) => !isReply(error),
  };
}
