import { writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { names } from './go-names.ts';
import { page } from './page.ts';
import { recordFiles } from './records.ts';
import { portedIn, root, testFiles } from './titles.ts';

const file = new URL('docs/porting.md', root);
const text = page({ names, ported: testFiles().flatMap(portedIn), records: recordFiles() });
writeFileSync(file, await format(text, { ...(await resolveConfig(file)), parser: 'markdown' }));
