import { setTimeout as pause } from 'node:timers/promises';
import { random } from './random.ts';
import type { Requests } from './requests.ts';

/** How many requests a program has under way at a time. */
const tasks = 4;
/** The part of the requests that is given up while it waits, and that asks without waiting. */
const canceled = 0.4;
const tried = 0.1;
/** How long a request waits before it is given up, how long units are held, and the rest between two requests, at most. */
const wait = 100;
const hold = 40;
/** Of ten that hold, one holds so much longer that what happens meanwhile can cost it its lease. */
const long = 50;
const rest = 20;

/** Requests without end, of random weights: some are given up while they wait, all that are granted are held a while. */
export class Load {
  readonly #requests: Requests;
  readonly #name: string;
  readonly #size: number;
  readonly #random: () => number;
  readonly #running: Promise<void[]>;
  #counter = 0;
  #finishing = false;

  constructor(requests: Requests, name: string, seed: number, size: number) {
    this.#requests = requests;
    this.#name = name;
    this.#size = size;
    this.#random = random(seed);
    this.#running = Promise.all(Array.from({ length: tasks }, () => this.#task()));
  }

  /** Begins no more, and resolves when all that was begun has ended. Nothing is given up any more. */
  async finish(): Promise<void> {
    this.#finishing = true;
    await this.#running;
  }

  async #task(): Promise<void> {
    while (!this.#finishing) {
      await this.#request(`${this.#name}.${this.#counter++}`);
      await pause(this.#random() * rest);
    }
  }

  async #request(request: string): Promise<void> {
    const n = 1 + Math.floor(this.#random() * Math.min(3, this.#size));
    const kind = this.#random();
    const patience = this.#random() * wait;
    const held = this.#random() * hold * (this.#random() < 0.1 ? long : 1);
    let granted: Promise<boolean>;
    if (kind < tried) {
      granted = this.#requests.tryPermit(request, n);
    } else {
      granted = this.#requests.permit(request, n);
      if (kind < tried + canceled) void this.#cancelAfter(request, patience);
    }
    if (!(await granted)) return;
    await pause(held);
    await this.#requests.release(request);
  }

  async #cancelAfter(request: string, ms: number): Promise<void> {
    await pause(ms);
    if (!this.#finishing) this.#requests.cancel(request);
  }
}
