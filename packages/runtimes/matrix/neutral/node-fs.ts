import { vectors } from 'virtual:vectors';

/** Stands in for Node's where there are no files: knows the recorded vectors and nothing else. */
export function readFileSync(url: URL): string {
  const text = vectors[url.pathname.replace(/^.*\//, '')];
  if (text === undefined) throw new Error(`not a file of vectors: ${url.href}`);
  return text;
}
