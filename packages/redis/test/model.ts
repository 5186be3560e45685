import { lease as leaseInMilliseconds, type Call } from './script.ts';

interface Entry {
  readonly sid: string;
  readonly slot: number;
  readonly counter: number;
  readonly n: number;
  /** 0 while it waits. */
  fence: number;
  readonly ticket: number;
}

interface Member {
  expiry: number;
  era: number;
  readonly born: number;
  top: number;
}

const lease = leaseInMilliseconds * 1000;
const noLife = '-'.repeat(40);
const never = Number.MAX_SAFE_INTEGER;

/** What one semaphore's state is on a server, written as plainly as can be: the script must do the same. */
export class Model {
  exists = false;
  size = 0;
  seq = 0;
  tail = 0;
  clock = 0;
  wall = 0;
  quiet = 0;
  due = never;
  life = noLife;
  queue: Entry[] = [];
  entries = new Map<string, Entry>();
  sessions = new Map<string, Member>();
  #news: Entry[] = [];
  #learned = false;
  #renewed = false;
  #call: Call | undefined;

  get held(): number {
    return [...this.entries.values()].reduce((sum, { n, fence }) => (fence > 0 ? sum + n : sum), 0);
  }

  /** What the script answers to `call`: its reply, and what it publishes. */
  call(call: Call): readonly [unknown[], string[]] {
    const before = this.#text();
    const { clock, wall } = this;
    this.#news = [];
    this.#learned = this.#renewed = false;
    this.#call = call;
    const [status, result] = this.#run(call);
    const born = this.sessions.get(call.sid)?.born ?? 0;
    const quiet = Math.max(0, Math.ceil((this.quiet - this.clock) / 1000));
    const next = this.quiet !== 0 && this.quiet < this.due ? this.quiet : this.due;
    const waiting = this.queue.length;
    const due = waiting > 0 ? Math.max(0, Math.ceil((next - this.clock) / 1000)) : -1;
    const protection = this.#learned && call.life === '' ? 0 : 1;
    const size = this.exists ? this.size : call.operation === 'state' ? 0 : call.size;
    const news = this.#news;
    const own = news.filter(({ sid }) => sid === call.sid);
    const reply = [
      status,
      born,
      leaseInMilliseconds,
      quiet,
      due,
      protection,
      size,
      result.length,
      ...result,
      ...own.flatMap(({ slot, counter, fence }) => [slot, counter, fence]),
    ];
    const others = new Set(news.map(({ sid }) => sid).filter((sid) => sid !== call.sid));
    const published = [...others].map((sid) => {
      const list = news.filter((entry) => entry.sid === sid);
      return `wake:${sid} ${list.map(({ slot, counter, fence }) => `${slot} ${counter} ${fence}`).join(' ')}`;
    });
    // The clock is written when something else is.
    if (!this.#renewed && this.#text() === before) Object.assign(this, { clock, wall });
    return [reply, published.sort()];
  }

  /** As `stored` shows what the server has. */
  view(): unknown {
    if (!this.exists) return undefined;
    const { size, held, seq, tail, clock, wall, quiet, due, life } = this;
    return {
      size,
      held,
      seq,
      tail,
      waiting: this.queue.length,
      clock,
      wall,
      quiet,
      due,
      life,
      queue: this.queue.map(({ ticket, n, slot, counter, sid }) => [ticket, n, slot, counter, sid]),
      entries: Object.fromEntries(
        [...this.entries].map(([id, { counter, fence, n, ticket }]) => [
          id,
          [counter, fence > 0 ? 1 : 0, n, fence > 0 ? fence : ticket],
        ]),
      ),
      sessions: Object.fromEntries(
        [...this.sessions].map(([sid, { expiry, era, born, top }]) => [
          sid,
          [expiry, era, born, top],
        ]),
      ),
      members: this.sessions.size,
    };
  }

  #text(): string {
    const { exists, size, seq, tail, quiet, due, life } = this;
    const entries = [...this.entries].map(([id, entry]) => [id, { ...entry }]);
    return JSON.stringify([exists, size, seq, tail, quiet, due, life, entries, [...this.sessions]]);
  }

  #run(call: Call): [string, unknown[]] {
    const { operation, sid, born, era, onConflict, size, time } = call;
    const fresh = !this.exists;
    if (fresh) Object.assign(this, { size, clock: 0, wall: time, quiet: 0, life: noLife });
    this.clock += Math.min(lease / 2, Math.max(0, time - this.wall));
    this.wall = time;
    if (this.clock >= this.due) this.#expire();
    else if (this.quiet !== 0 && this.clock >= this.quiet) this.#serve();
    if (operation === 'state') {
      return ['ok', [this.held, this.queue.length, this.sessions.size]];
    }
    const session = this.sessions.get(sid);
    const joins = ['acquire', 'claim', 'resize'].includes(operation);
    const begins = joins || (operation === 'leave' && born === 0);
    if (fresh && (begins || born !== 0)) this.#learn();
    if (born !== 0 && session?.born !== born) return ['lost', []];
    if (session && era < session.era) return ['stale', []];
    if (joins && onConflict === 'reject' && size !== this.size) return ['size', []];
    if (onConflict === 'replace' && size !== this.size) {
      this.size = size;
      this.#serve();
    }
    if (session) session.era = era;
    else if (begins) {
      this.exists = true;
      this.sessions.set(sid, { expiry: 0, era, born: this.#draw(), top: -1 });
      this.#renew(sid);
    } else return ['lost', []];
    return ['ok', this.#operate(call)];
  }

  #operate({ operation, sid, args }: Call): unknown[] {
    if (operation === 'acquire') return this.#acquire(sid, args);
    const numbers = args.map(Number);
    if (operation === 'resize') [this.size = 0] = numbers;
    if (operation === 'bye') {
      this.#end(sid);
      this.due = Math.min(never, ...[...this.sessions.values()].map(({ expiry }) => expiry));
    }
    if (operation === 'leave') {
      for (let i = 0; i < numbers.length; i += 2) {
        const entry = this.entries.get(`${sid}:${numbers[i]}`);
        if (entry && entry.counter <= (numbers[i + 1] ?? 0)) this.#remove(entry);
      }
    }
    if (operation === 'claim') return this.#claim(sid, numbers);
    if (operation === 'beat') {
      this.#learn();
      this.#renew(sid);
      const entry = this.entries.get(`${sid}:${numbers[0]}`);
      if (numbers.length === 0) return [];
      if (entry?.counter !== numbers[1]) return ['none'];
      return entry && entry.fence > 0 ? ['held', entry.fence] : ['waiting', entry?.ticket];
    }
    this.#serve();
    return [];
  }

  #acquire(sid: string, args: readonly (string | number)[]): unknown[] {
    const [slot = 0, counter = 0, n = 0] = args.map(Number);
    if (args[4] === 1) this.#renew(sid);
    const old = this.entries.get(`${sid}:${slot}`);
    if (old?.counter === counter) {
      return old.fence > 0 ? ['held', old.fence] : ['waiting', old.ticket];
    }
    if (old && old.counter > counter) return ['busy'];
    if (old) {
      this.#remove(old);
      this.#serve();
    }
    if (n > this.size) return ['large'];
    const free = () =>
      this.queue.length === 0 && this.held + n <= this.size && this.clock >= this.quiet;
    if (free()) this.#learn();
    if (free()) {
      return ['held', this.#enter({ sid, slot, counter, n, fence: this.#draw(), ticket: 0 }).fence];
    }
    if (args[3] === 'try') return ['busy'];
    return ['waiting', this.#enqueue(sid, slot, counter, n)];
  }

  #claim(sid: string, numbers: readonly number[]): unknown[] {
    this.#learn();
    this.#renew(sid);
    const result: unknown[] = [this.#draw()];
    for (let i = 0; i < numbers.length; i += 4) {
      const [slot = 0, counter = 0, n = 0, fence = 0] = numbers.slice(i, i + 4);
      let entry = this.entries.get(`${sid}:${slot}`);
      if (entry && entry.counter === counter && entry.fence === 0 && fence > 0) {
        this.#remove(entry);
        entry = undefined;
      }
      if (entry && entry.counter === counter)
        result.push(entry.fence > 0 ? entry.fence : -3 - entry.ticket);
      else {
        const late = fence > 0 && this.clock >= this.quiet;
        const large = fence === 0 && n > this.size;
        if (late) result.push(-1);
        else if (large) result.push(-2);
        else {
          if (entry) this.#remove(entry);
          if (fence > 0) {
            result.push(this.#enter({ sid, slot, counter, n, fence, ticket: 0 }).fence);
          } else result.push(-3 - this.#enqueue(sid, slot, counter, n));
          this.seq = Math.max(this.seq, fence);
        }
      }
    }
    this.#serve();
    return result;
  }

  #enter(entry: Entry): Entry {
    const session = this.sessions.get(entry.sid);
    if (session) session.top = Math.max(session.top, entry.slot);
    this.entries.set(`${entry.sid}:${entry.slot}`, entry);
    return entry;
  }

  #enqueue(sid: string, slot: number, counter: number, n: number): number {
    const ticket = this.tail++;
    this.queue.push(this.#enter({ sid, slot, counter, n, fence: 0, ticket }));
    return ticket;
  }

  #remove(entry: Entry): void {
    this.entries.delete(`${entry.sid}:${entry.slot}`);
    this.queue = this.queue.filter((other) => other !== entry);
  }

  #serve(): void {
    if (this.clock < this.quiet) return;
    this.quiet = 0;
    if (this.queue.length > 0) this.#learn();
    if (this.quiet !== 0) return;
    for (let [first] = this.queue; first; [first] = this.queue) {
      if (first.n > this.size) {
        this.#remove(first);
        this.#news.push(first);
      } else if (this.held + first.n <= this.size) {
        first.fence = this.#draw();
        this.queue.shift();
        this.#news.push(first);
      } else return;
    }
  }

  #expire(): void {
    for (const [sid, { expiry }] of this.sessions) if (expiry <= this.clock) this.#end(sid);
    this.due = Math.min(never, ...[...this.sessions.values()].map(({ expiry }) => expiry));
    this.#serve();
  }

  #end(sid: string): void {
    this.sessions.delete(sid);
    for (const entry of this.entries.values()) if (entry.sid === sid) this.#remove(entry);
  }

  #renew(sid: string): void {
    const session = this.sessions.get(sid);
    if (!session) return;
    this.#renewed = true;
    session.expiry = this.clock + lease;
    this.due = Math.min(this.due, session.expiry);
  }

  #learn(): void {
    const call = this.#call;
    if (this.#learned || !call) return;
    this.#learned = true;
    const life = call.life.padEnd(40, '0');
    if (call.life === '' || life === this.life) return;
    if (this.life !== noLife || (call.uptime - 1) * 1_000_000 < lease)
      this.quiet = this.clock + lease;
    this.life = life;
  }

  #draw(): number {
    const now = this.#call?.time ?? 0;
    this.seq = Math.max(this.seq + 1, now);
    return this.seq;
  }
}
