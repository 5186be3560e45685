import { singleflightEndings } from '../src/leaks/singleflight.ts';
import { describeEndings } from '../src/leaks/table.ts';

describeEndings(singleflightEndings);
