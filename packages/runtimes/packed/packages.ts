/** The published packages, dependencies first. */
export const packages = [
  'context',
  'semaphore',
  'errgroup',
  'singleflight',
  'syncmap',
  'tasks',
  'redis',
] as const;

export type PackageName = (typeof packages)[number];

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder that the packages are installed into, and nothing else. */
    consumer: string;
    /** The tarball of each package. */
    tarballs: Readonly<Record<string, string>>;
  }
}
