/**
 * A port to try to listen at, from below the ports that the system gives to outgoing connections: so none of those
 * takes it while its owner is down for a while.
 */
export function candidate(): number {
  return 15_000 + Math.floor(Math.random() * 15_000);
}
