/** `Symbol.dispose`, or what compilers of `using` fall back to on runtimes that lack it. */
const dispose: symbol = Symbol.dispose ?? Symbol.for('Symbol.dispose');

/** Makes `using _ = f` call `f`. */
export function disposable(f: () => void): { (): void; [Symbol.dispose](): void };
export function disposable(f: (reason?: unknown) => void): {
  (reason?: unknown): void;
  [Symbol.dispose](): void;
};
export function disposable(f: object): object {
  // By assignment (`pnpm bench context-timeout`: 195 ns, 250 with `Object.assign`).
  const open: { [key: symbol]: unknown } = Object(f);
  open[dispose] = f;
  return f;
}
