/** The most columns a series has. */
const COLUMNS = 512;
/** What a column covers at first, in milliseconds. */
const FINEST = 0.125;

/**
 * Amounts over time, by name, in a fixed amount of memory however long it goes on: whenever the columns are used up,
 * two become one.
 */
export class Timeline {
  private readonly series = new Map<string, number[]>();
  private msPerColumn = FINEST;

  /** Spreads `amount` evenly over the time `from` … `to`, in milliseconds since the start. */
  add(name: string, from: number, to: number, amount: number): void {
    while (to >= COLUMNS * this.msPerColumn) this.halve();
    let series = this.series.get(name);
    if (series === undefined) this.series.set(name, (series = empty(COLUMNS)));
    spread(series, from / this.msPerColumn, to / this.msPerColumn, amount);
  }

  /** The amounts of `name` in the time 0 … `until`, in so many columns. */
  columns(name: string, count: number, until: number): number[] {
    const result = empty(count);
    const scale = (this.msPerColumn * count) / until;
    for (const [i, amount] of (this.series.get(name) ?? []).entries()) {
      spread(result, i * scale, (i + 1) * scale, amount);
    }
    return result;
  }

  private halve(): void {
    this.msPerColumn *= 2;
    for (const [name, series] of this.series) {
      const halved = empty(COLUMNS);
      for (const [i, amount] of series.entries()) spread(halved, i / 2, i / 2, amount);
      this.series.set(name, halved);
    }
  }
}

function empty(count: number): number[] {
  return Array.from({ length: count }, () => 0);
}

/** Adds `amount` to the columns between `from` and `to`, to each in proportion to how much of it lies between them. */
function spread(columns: number[], from: number, to: number, amount: number): void {
  if (amount === 0) return;
  const end = Math.min(to, columns.length);
  for (let column = Math.min(Math.floor(from), columns.length - 1); column <= end; column++) {
    const share =
      end > from ? (Math.min(end, column + 1) - Math.max(from, column)) / (end - from) : 1;
    if (share > 0) columns[column] = (columns[column] ?? 0) + amount * share;
    if (end <= from) return;
  }
}
