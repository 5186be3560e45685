import {
  background,
  type CancelCauseFunc,
  type CancelFunc,
  type Context,
  withCancel,
  withCancelCause,
} from '@gosync/context';
import { Group } from '@gosync/singleflight';
import { reactive } from 'vue';
import { message, pause } from '../pause.ts';
import { phaseOf, type Row, Timeline } from '../timeline.ts';

/** Between two callers of a stampede, in milliseconds. */
const interval = 120;

/** Callers who ask for the same thing at the same time. */
export class StampedeSimulation {
  readonly timeline = new Timeline(14);
  readonly state: { callers: number; upstream: number; answered: number; left: number } = reactive({
    callers: 0,
    upstream: 0,
    answered: 0,
    left: 0,
  });
  readonly #flights = new Group<string>();
  readonly #life = withCancel(background());
  /** How a caller leaves, by the row's id. */
  readonly #leave = new Map<number, CancelCauseFunc>();
  #answer: CancelFunc | undefined;

  /** Lets `n` callers arrive, one after the other. */
  async stampede(n: number, ms: number): Promise<void> {
    for (let i = 0; i < n; i++) {
      if (i > 0) await pause(this.#life[0], interval).catch(() => {});
      if (this.#life[0].err) return;
      void this.call(ms);
    }
  }

  /** One caller. If it is the first, the upstream takes `ms` milliseconds, or waits for `answer` if that is `Infinity`. */
  async call(ms: number): Promise<void> {
    const row = this.timeline.add(`Caller ${++this.state.callers}`);
    this.timeline.enter(row, 'waiting', 'waits');
    const [ctx, leave] = withCancelCause(this.#life[0]);
    this.#leave.set(row.id, leave);
    try {
      const [value, shared] = await this.#flights.doContext(ctx, 'user 42', (flight) =>
        this.#upstream(flight, ms),
      );
      this.state.answered++;
      this.timeline.end(row, 'done', shared ? `${value}, shared` : value);
    } catch (reason) {
      this.state.left++;
      this.timeline.end(row, 'stopped', `left: ${message(reason)}`);
    } finally {
      leave();
      this.#leave.delete(row.id);
    }
  }

  leave(row: Row): void {
    this.#leave.get(row.id)?.('out of patience');
  }

  leaveAll(): void {
    for (const row of this.timeline.rows) if (phaseOf(row) === 'waiting') this.leave(row);
  }

  /** Lets the upstream answer now. */
  answer(): void {
    this.#answer?.();
  }

  /** Ends everything. */
  close(): void {
    this.#life[1]();
  }

  async #upstream(flight: Context, ms: number): Promise<string> {
    const call = ++this.state.upstream;
    const row = this.timeline.add(`Upstream call ${call}`, true);
    this.timeline.enter(row, 'running', 'runs');
    const [patience, answer] = withCancel(flight);
    this.#answer = answer;
    await pause(patience, ms).catch(() => {});
    if (flight.err) {
      this.timeline.end(row, 'stopped', 'canceled: all callers have left');
      throw flight.err;
    }
    answer();
    this.timeline.end(row, 'done', 'answered');
    return `answer ${call}`;
  }
}
