import { syncmapEndings } from '../src/leaks/syncmap.ts';
import { describeEndings } from '../src/leaks/table.ts';

describeEndings(syncmapEndings);
