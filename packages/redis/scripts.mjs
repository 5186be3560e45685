// Joins the Lua files to the texts in src/scripts.ts: `pnpm scripts`. A test fails when that file is not what this makes.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';

const parts = {
  semaphoreScript: ['state', 'clock', 'learning', 'sessions', 'queue', 'semaphore'],
  flightScript: ['flight', 'clock', 'flights'],
};

/**
 * A file without its comments and indentation.
 * @param {string} name
 */
function read(name) {
  return readFileSync(new URL(`src/lua/${name}.lua`, import.meta.url), 'utf8')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('--'))
    .join('\n');
}

/** The text of src/scripts.ts. */
export function scripts() {
  const constants = Object.entries(parts).map(([name, files]) => {
    const text = `${files.map(read).join('\n')}\n`;
    const digest = createHash('sha1').update(text).digest('hex');
    return `export const ${name}: Script = {\n  digest: '${digest}',\n  text: ${JSON.stringify(text)},\n};\n`;
  });
  return `// Made by \`pnpm scripts\` from src/lua; do not edit.\nimport type { Script } from './driver.ts';\n\n${constants.join('\n')}`;
}

if (process.argv[1] === import.meta.filename) {
  writeFileSync(new URL('src/scripts.ts', import.meta.url), scripts());
}
