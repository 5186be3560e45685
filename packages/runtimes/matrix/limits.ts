/** A test that cannot pass where the platform itself falls short, and the probe that tells. */
interface Limit {
  readonly test: string;
  readonly probe: string;
}

const fetching = 'fetch(url, ctx)';
const dataUrls = 'rejects a fetch of a data: URL when its signal is aborted';
const underWay = 'rejects a fetch that is under way with the reason of its signal';
const captures = 'takes listeners that capture';

/** The whole list. A test on it has to pass wherever its probe passes. */
export const limits: readonly Limit[] = [
  { test: `${fetching} > rejects with the cause when the context is done`, probe: dataUrls },
  {
    test: `${fetching} > rejects with the context’s error when there is no cause`,
    probe: dataUrls,
  },
  { test: `${fetching} > rejects when the context is canceled meanwhile`, probe: underWay },
  {
    test: 'ReadableStream.pipeTo(…, ctx) > rejects with the cause when the context is canceled, and cancels the source with it',
    probe: 'ends pipeTo() of a source that is idle when its signal is aborted',
  },
  { test: 'Context.signal > tells listeners of every kind once', probe: captures },
  {
    test: 'Context.signal > does not tell a listener that was removed, or whose own signal was aborted',
    probe: captures,
  },
];
