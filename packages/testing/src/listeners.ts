/** Follows which `abort` listeners `signal` has, from now on. */
export function followListeners(signal: AbortSignal): { readonly current: number; peak: number } {
  const present = new Set<unknown>();
  const { addEventListener: add, removeEventListener: remove } = signal;
  const report = {
    get current(): number {
      return present.size;
    },
    peak: 0,
  };
  Object.defineProperties(signal, {
    addEventListener: {
      value(...args: Parameters<AbortSignal['addEventListener']>): void {
        present.add(args[1]);
        report.peak = Math.max(report.peak, present.size);
        add.apply(signal, args);
      },
    },
    removeEventListener: {
      value(...args: Parameters<AbortSignal['removeEventListener']>): void {
        present.delete(args[1]);
        remove.apply(signal, args);
      },
    },
  });
  return report;
}
