/** Lets timers of a page end after a tenth of their time. Runs in the page. */
export function hurry(): void {
  const real = setTimeout;
  const fast: (run: () => void, ms?: number) => ReturnType<typeof setTimeout> = (run, ms = 0) =>
    real(run, ms / 10);
  Reflect.set(window, 'setTimeout', fast);
}
