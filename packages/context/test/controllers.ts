import { vi } from 'vitest';

/** Says how many AbortControllers have been made since. Until `vi.unstubAllGlobals`. */
export function countControllers(): () => number {
  let made = 0;
  class Counted extends AbortController {
    constructor() {
      super();
      made++;
    }
  }
  vi.stubGlobal('AbortController', Counted);
  return () => made;
}
