import { contextEndings } from '../src/leaks/context.ts';
import { describeEndings } from '../src/leaks/table.ts';

describeEndings(contextEndings);
