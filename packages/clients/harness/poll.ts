/** Asks until the answer is yes. For what can only be asked: each question takes its time. */
export async function poll(f: () => Promise<boolean>): Promise<void> {
  while (!(await f()));
}
