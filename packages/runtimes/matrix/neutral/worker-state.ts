/** What vitest's own worker would have set up, as far as tests here need it. */
const state = {
  config: {
    root: '/',
    testTimeout: 10_000,
    hookTimeout: 60_000,
    maxConcurrency: 1,
    sequence: { hooks: 'stack', setupFiles: 'list', concurrent: false, shuffle: false },
    setupFiles: [],
    tags: [],
    passWithNoTests: false,
    allowOnly: false,
    retry: 0,
    expect: {},
    experimental: {},
    fakeTimers: { toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] },
    snapshotOptions: { updateSnapshot: 'none', expand: false },
  },
  ctx: { pool: 'none' },
  environment: { name: 'none' },
  current: undefined,
  onCleanup: () => undefined,
};

Object.defineProperty(globalThis, '__vitest_worker__', { value: state });

export const { config } = state;
