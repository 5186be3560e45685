import { EventEmitter, once } from 'node:events';

/** A number that others can wait for. */
export class Counter {
  value = 0;
  most = 0;
  private readonly events = new EventEmitter();

  add(amount: number): void {
    this.value += amount;
    this.most = Math.max(this.most, this.value);
    this.events.emit('change');
  }

  async becomes(value: number): Promise<void> {
    while (this.value !== value) await once(this.events, 'change');
  }
}
