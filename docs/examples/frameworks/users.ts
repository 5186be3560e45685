import { afterFunc, cause, type Context, type ContextLike } from '@gosync/context';
import { Group } from '@gosync/singleflight';

/** A slow database: `load` answers when the test says so. */
export class Users {
  /** The loads under way, by what answers them. */
  readonly loading: Map<string, (user: string) => void> = new Map();
  /** Why loads were given up. */
  readonly stopped: unknown[] = [];
  readonly #flights = new Group<string>();

  /** One load for all who ask for `id` at the same time. It is given up when the last of them has left. */
  async find(ctx: ContextLike, id: string): Promise<string> {
    const [user] = await this.#flights.doContext(ctx, id, (own) => this.#load(own, id));
    return user;
  }

  #load(ctx: Context, id: string): Promise<string> {
    return new Promise((resolve, reject) => {
      this.loading.set(id, resolve);
      afterFunc(ctx, () => {
        this.stopped.push(cause(ctx));
        reject(cause(ctx));
      });
    });
  }
}
