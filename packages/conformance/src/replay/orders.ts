/** Something a running function is told to do; `true` ends it. */
export type Order = () => boolean | Promise<boolean>;

/** How a script commands a running function. */
export class Orders {
  #give: ((order: Order) => void) | undefined;

  give(order: Order): void {
    if (!this.#give) throw new Error('the function is not waiting for orders');
    this.#give(order);
    this.#give = undefined;
  }

  /** Follows orders until one ends it. */
  async obey(): Promise<void> {
    for (;;) {
      const order = await new Promise<Order>((resolve) => {
        this.#give = resolve;
      });
      if (await order()) return;
    }
  }
}
