/** Says that `thing` must be gone once it has ended, and returns it. */
export type Track = <T extends object>(name: string, thing: T) => T;

/** One way in which something can end while what it was given, or hung on, lives on. */
export interface Ending {
  readonly title: string;
  /** Makes what lives on. */
  readonly open: () => Living;
}

export interface Living {
  /** Foreign signals among what lives on. */
  readonly signals: readonly AbortSignal[];
  /** Lets something begin and end. */
  readonly once: (track: Track) => Promise<void>;
}

/**
 * A row of the table.
 *
 * @param live - Makes what lives on, longer than anything that `once` makes.
 * @param once - Lets something begin and end, and tracks what must be gone then.
 */
export function ending<L extends object>(
  title: string,
  live: () => L,
  once: (live: L, track: Track) => void | Promise<void>,
): Ending {
  return {
    title,
    open() {
      const living = live();
      return {
        signals: Object.values(living).filter((value) => value instanceof AbortSignal),
        // Not an async arrow alone: it keeps `living` for as long as it lives itself.
        once: async (track) => once(living, track),
      };
    },
  };
}
