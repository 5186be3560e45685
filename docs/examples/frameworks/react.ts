import { background, type Context, withCancel } from '@gosync/context';
import { Group } from '@gosync/singleflight';
import { useEffect, useState } from 'react';

export interface Loaded<T> {
  readonly value?: T;
  readonly error?: unknown;
}

/**
 * Makes a hook that loads what belongs to a key. Components that ask for the same key at the same time share one call,
 * which is canceled when the last of them has been unmounted.
 */
export function sharedHook<T>(
  load: (ctx: Context, key: string) => Promise<T>,
): (key: string) => Loaded<T> {
  const flights = new Group<T>();
  return (key) => {
    const [loaded, setLoaded] = useState<Loaded<T>>({});
    useEffect(() => {
      const [ctx, leave] = withCancel(background());
      flights
        .doContext(ctx, key, (own) => load(own, key))
        .then(
          ([value]) => setLoaded({ value }),
          (error: unknown) => {
            if (!ctx.err) setLoaded({ error });
          },
        );
      return leave;
    }, [key]);
    return loaded;
  };
}
