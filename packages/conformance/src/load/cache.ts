import { SyncMap } from '@gosync/syncmap';
import type { Audit } from './audit.ts';
import type { Task } from './plan.ts';

/** The map that all requests share, and a plain one that has the same in it. */
export class Cache {
  readonly #audit: Audit;
  readonly #pause: () => Promise<void>;
  readonly #map = new SyncMap<string, number>();
  readonly #plain = new Map<string, number>();
  #turn = 0;

  constructor(audit: Audit, pause: () => Promise<void>) {
    this.#audit = audit;
    this.#pause = pause;
  }

  /** Does to the map what a task does. */
  async visit({ key, cache }: Task): Promise<void> {
    const turn = this.#turn++;
    const name = `${key} ${turn % 4}`;
    if (cache === 'iterate') return this.#iterate();
    if (cache === 'store') this.#store(name, turn);
    else this.#delete(name, turn);
    const [value, ok] = this.#map.load(name);
    const plain = this.#plain.get(name);
    this.#audit.expect(
      'a map has what was stored last',
      value === plain && ok === this.#plain.has(name) && this.#map.size === this.#plain.size,
      name,
    );
  }

  #store(name: string, turn: number): void {
    const old = this.#plain.get(name);
    if (turn % 3 === 0) this.#map.store(name, turn);
    else if (turn % 3 === 1) this.#map.swap(name, turn);
    else if (old === undefined) this.#map.loadOrStore(name, turn);
    else this.#map.compareAndSwap(name, old, turn);
    this.#plain.set(name, turn);
  }

  #delete(name: string, turn: number): void {
    const old = this.#plain.get(name);
    if (turn % 3 === 0) this.#map.delete(name);
    else if (turn % 3 === 1) this.#map.loadAndDelete(name);
    else if (old !== undefined) this.#map.compareAndDelete(name, old);
    this.#plain.delete(name);
  }

  /** Iterates while others change the map. */
  async #iterate(): Promise<void> {
    const visited = new Set<string>();
    for (const [name, value] of this.#map) {
      this.#audit.expect('an iteration comes to no key twice', !visited.has(name), name);
      this.#audit.expect('a map has what was stored last', value === this.#plain.get(name), name);
      visited.add(name);
      await this.#pause();
    }
  }
}
