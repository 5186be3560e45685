/** What Node calls to print an object. */
const inspect: symbol = Symbol.for('nodejs.util.inspect.custom');

/**
 * What {@link SharedWeighted.state} tells. Printed, it reads as a sentence.
 *
 * @see Go: none.
 */
export class SharedState {
  readonly name: string;
  readonly size: number;
  /** Units that are held, by all processes. */
  readonly held: number;
  /** Requests that wait, of all processes. */
  readonly waiting: number;
  /** Processes that the server has heard of within a lease. */
  readonly sessions: number;

  constructor(name: string, size: number, held: number, waiting: number, sessions: number) {
    this.name = name;
    this.size = size;
    this.held = held;
    this.waiting = waiting;
    this.sessions = sessions;
  }

  static {
    Object.defineProperty(this.prototype, inspect, { value: this.prototype.toString });
  }

  toString(): string {
    const { name, size, held, waiting, sessions } = this;
    return `${name}: ${held} of ${size} held, ${waiting} waiting, ${sessions} sessions`;
  }
}
