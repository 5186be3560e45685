import { checkMethods } from '../arguments.ts';
import type { Driver, Script } from '../driver.ts';

type Listener = (...args: unknown[]) => void;

/**
 * What the driver uses of a `Redis` or `Cluster` of ioredis, 5 or newer, or of iovalkey.
 *
 * @see Go: none.
 */
export interface IoredisClient {
  readonly status: string;
  eval(text: string, keys: number, ...args: string[]): Promise<unknown>;
  evalsha(digest: string, keys: number, ...args: string[]): Promise<unknown>;
  subscribe(channel: string): Promise<unknown>;
  unsubscribe(channel: string): Promise<unknown>;
  duplicate(override?: object): IoredisClient;
  connect(): Promise<unknown>;
  disconnect(): void;
  on(event: string, listener: Listener): unknown;
  off(event: string, listener: Listener): unknown;
}

function ignore(): void {}

/** What the server answered with, as far as it shows: then the script was not run to its end. */
function isReply(error: unknown): boolean {
  return error instanceof Error && error.name === 'ReplyError';
}

/**
 * The driver for a client of `ioredis`, 5 or newer, or of `iovalkey`: a `Redis` or a `Cluster`.
 *
 * The client's connection is used for commands; it is duplicated for messages.
 *
 * @throws TypeError when `client` is not such a client.
 * @see Go: none.
 */
export function ioredis(client: IoredisClient): Driver {
  checkMethods('client is not one of ioredis', client, 'evalsha', 'eval', 'duplicate');
  return {
    async run(script: Script, keys: readonly string[], args: readonly string[]): Promise<unknown> {
      try {
        return await client.evalsha(script.digest, keys.length, ...keys, ...args);
      } catch (error) {
        if (!(error instanceof Error && error.message.startsWith('NOSCRIPT'))) throw error;
        return client.eval(script.text, keys.length, ...keys, ...args);
      }
    },

    async subscribe(channel, message, gap) {
      // A connection for messages alone would keep the process from ending.
      if (client.status === 'end') throw new Error('redis: client is closed');
      // Subscribed again below: nobody hears the promise of the client's own attempt, and to close the connection
      // meanwhile would leave it rejected. A cluster has no such option.
      const subscriber =
        'nodes' in client ? client.duplicate() : client.duplicate({ autoResubscribe: false });
      const hear = (from: unknown, text: unknown): void => {
        if (from === channel) message(String(text));
      };
      // A client without a listener for errors prints each of them.
      subscriber.on('error', ignore);
      subscriber.on('message', hear);
      // Whoever closes the client has closed all of it, and can open it again.
      const end = (): void => subscriber.disconnect();
      const open = (): void => {
        if (subscriber.status === 'end') subscriber.connect().catch(ignore);
        gap();
      };
      client.on('ready', open);
      client.on('close', gap);
      client.on('end', end);
      const close = (): Promise<void> => {
        client.off('ready', open);
        client.off('close', gap);
        client.off('end', end);
        subscriber.disconnect();
        return Promise.resolve();
      };
      try {
        await subscriber.subscribe(channel);
      } catch (error) {
        await close();
        throw error;
      }
      subscriber.on('ready', () => {
        subscriber.subscribe(channel).then(gap, ignore);
      });
      return { close };
    },

    unknownOutcome: (error) => !isReply(error),
  };
}
