/** A request of the model. */
export interface Request {
  readonly n: number;
  readonly ctx: number | undefined;
  /** What has become of it. */
  outcome: string;
}

/** A semaphore as one would write it down: it looks at everything, all the time. */
export class Model {
  readonly requests: Request[] = [];
  readonly granted: Request[] = [];
  /** The contexts that have ended. */
  readonly done = new Set<number>();
  /** The contexts that throw when they are asked. */
  readonly broken = new Set<number>();
  held = 0;
  size: number;

  constructor(size: number) {
    this.size = size;
  }

  get available(): number {
    return this.held > this.size ? 0 : this.size - this.held;
  }

  /** In order of arrival. */
  get pending(): Request[] {
    return this.requests.filter(({ outcome }) => outcome === 'pending');
  }

  get line(): Request[] {
    return this.pending.filter(({ n }) => n <= this.size);
  }

  tryAcquire(n: number): boolean {
    const fits = this.line.length === 0 && this.held + n <= this.size;
    if (fits) this.held += n;
    return fits;
  }

  acquire(n: number, ctx: number | undefined): void {
    const request: Request = { n, ctx, outcome: 'pending' };
    if (ctx !== undefined && this.broken.has(ctx)) request.outcome = 'Error: gone';
    else if (this.hasEnded(request)) request.outcome = `cause ${ctx}`;
    else if (n > this.size && ctx === undefined) request.outcome = 'RangeError';
    else if (this.tryAcquire(n)) this.grant(request);
    this.requests.push(request);
  }

  release(n: number): string {
    if (n > this.held) return `released more than held: ${n} of ${this.held}`;
    this.held -= n;
    this.notifyWaiters();
    return 'released';
  }

  resize(size: number): void {
    this.size = size;
    this.notifyWaiters();
  }

  /** Ends a context. Until its waiters have heard of that, `before` is done in a callback. */
  cancel(ctx: number, before: () => void): void {
    if (this.done.has(ctx)) return;
    this.done.add(ctx);
    before();
    for (const request of this.pending) {
      if (request.ctx === ctx)
        request.outcome = this.broken.has(ctx) ? 'Error: gone' : `cause ${ctx}`;
    }
    this.notifyWaiters();
  }

  private hasEnded({ ctx }: Request): boolean {
    return ctx !== undefined && this.done.has(ctx) && !this.broken.has(ctx);
  }

  private notifyWaiters(): void {
    for (let [first] = this.line; first && this.held + first.n <= this.size; [first] = this.line) {
      if (this.hasEnded(first)) first.outcome = `cause ${first.ctx}`;
      else {
        this.held += first.n;
        this.grant(first);
      }
    }
  }

  private grant(request: Request): void {
    request.outcome = 'granted';
    this.granted.push(request);
  }
}
