import { readdirSync } from 'node:fs';
import { root } from './fence.ts';

// Tests show fences that fail; the API reference is made of the doc comments.
const left = /(?:^|\/)(?:node_modules|dist|test|api|\.[^/]+)(?:\/|$)/;

function below(folder: string): string[] {
  return readdirSync(new URL(folder, root), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}${entry.name}`;
    if (left.test(path)) return [];
    return entry.isDirectory() ? below(`${path}/`) : [path];
  });
}

/** Every file whose fences a user reads: the pages of Markdown and the sources of the packages. */
export function files(): string[] {
  const pages = [...readdirSync(root), ...below('packages/'), ...below('docs/')].filter((path) =>
    path.endsWith('.md'),
  );
  const sources = below('packages/').filter((path) => /^packages\/[^/]+\/src\/.*\.ts$/.test(path));
  return [...pages, ...sources].sort();
}
