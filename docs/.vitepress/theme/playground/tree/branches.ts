/** How a line of the tree hangs together with those above and below it. */
export interface Branch {
  /** For each level above the last: whether its line goes on below. */
  readonly through: readonly boolean[];
  /** Whether it is the last child of its parent. */
  readonly last: boolean;
  /** Whether it has children. */
  readonly parent: boolean;
}

/** What to draw before each line of a tree that is given by the depths of its nodes, parents first. */
export function branches(depths: readonly number[]): Branch[] {
  // Whether a node at `depth` follows below `index` before the tree has come back above it.
  const goesOn = (index: number, depth: number): boolean => {
    const next = depths.slice(index + 1).find((other) => other <= depth);
    return next === depth;
  };
  return depths.map((depth, index) => ({
    through: Array.from({ length: Math.max(0, depth - 1) }, (_, level) => goesOn(index, level + 1)),
    last: !goesOn(index, depth),
    parent: (depths[index + 1] ?? 0) > depth,
  }));
}
