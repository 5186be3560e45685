import { callbackEndings } from '../src/leaks/callback.ts';
import { describeEndings } from '../src/leaks/table.ts';

describeEndings(callbackEndings);
