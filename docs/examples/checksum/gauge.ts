/** A quantity that goes up and down, and the most it ever was. */
export class Gauge {
  value = 0;
  most = 0;

  add(amount: number): void {
    this.value += amount;
    this.most = Math.max(this.most, this.value);
  }
}
