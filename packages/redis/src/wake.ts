import { hold, type Timer } from './clock.ts';
import type { Driver, Subscription } from './driver.ts';

/** Who hears messages: a semaphore or a flight of this process. */
export interface Listener {
  /** What was published for it. */
  hear(text: string): void;
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
  readonly #listeners = new Map<string, Listener>();
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

  listen(name: string, listener: Listener): void {
    this.#listeners.set(name, listener);
  }

  forget(name: string): void {
    this.#listeners.delete(name);
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
    const end = text.indexOf('\n');
    this.#listeners.get(text.slice(end + 1))?.hear(text.slice(0, end));
  };

  readonly #gap = (): void => {
    if (this.#closed) return;
    this.#interrupted();
    this.#catchUp();
  };

  #catchUp(): void {
    for (const listener of this.#listeners.values()) listener.catchUp();
  }
}
