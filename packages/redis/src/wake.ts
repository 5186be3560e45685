import { hold, type Timer } from './clock.ts';
import type { Driver, Subscription } from './driver.ts';

/** Who hears messages: a semaphore or a flight of this process. */
export interface Listener {
  /** What was published for it: a line of numbers and words, and what came below. */
  hear(head: string, payload: string): void;
  /** Messages may have been missed. */
  catchUp(): void;
}

/**
 * The one channel of a session: waiters hear there that they were granted.
 *
 * Without a subscription nothing is lost: heartbeats find what was granted, a third of a lease late at most.
 */
export class Wake {
  // Invariant: at most one subscription is being made or stands.
  readonly #driver: Driver;
  readonly #channel: string;
  /** Told first of a gap: calls in flight may run twice. */
  readonly #interrupted: () => void;
  /** How long to wait before subscribing again, in milliseconds. */
  readonly #pause: number;
  /** By address: what the second line of a message says. */
  readonly #listeners = new Map<string, Set<Listener>>();
  #subscription: Subscription | undefined;
  #started = false;
  #closed = false;
  #timer: Timer | undefined;
  /** Absent before the first attempt has ended. */
  mode: 'push' | 'poll' | undefined;

  constructor(driver: Driver, channel: string, pause: number, interrupted: () => void) {
    this.#driver = driver;
    this.#channel = channel;
    this.#pause = pause;
    this.#interrupted = interrupted;
  }

  /** Returns what ends it. */
  listen(address: string, listener: Listener): () => void {
    let listeners = this.#listeners.get(address);
    if (listeners === undefined) this.#listeners.set(address, (listeners = new Set()));
    const among = listeners.add(listener);
    return () => {
      among.delete(listener);
      if (among.size === 0) this.#listeners.delete(address);
    };
  }

  /** Subscribes, if that has not been done. */
  start(): void {
    if (this.#started || this.#closed) return;
    this.#started = true;
    void this.#subscribe();
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    const subscription = this.#subscription;
    this.#subscription = undefined;
    try {
      await subscription?.close();
    } catch {
      // The connection is gone, and the subscription with it.
    }
  }

  async #subscribe(): Promise<void> {
    try {
      this.#subscription = await this.#driver.subscribe(this.#channel, this.#hear, this.#gap);
      // It may have been closed meanwhile.
      if (this.#closed) return await this.close();
      this.mode = 'push';
      this.#catchUp();
    } catch {
      this.mode = 'poll';
      if (this.#closed) return;
      this.#timer = setTimeout(() => void this.#subscribe(), this.#pause);
      hold(this.#timer, false);
    }
  }

  readonly #hear = (text: string): void => {
    const [head = '', address = ''] = text.split('\n', 2);
    const payload = text.slice(head.length + address.length + 2);
    for (const listener of this.#listeners.get(address) ?? []) listener.hear(head, payload);
  };

  readonly #gap = (): void => {
    if (this.#closed) return;
    this.#interrupted();
    this.#catchUp();
  };

  #catchUp(): void {
    for (const listeners of this.#listeners.values()) {
      for (const listener of listeners) listener.catchUp();
    }
  }
}
