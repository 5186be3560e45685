import { errgroupEndings } from '../src/leaks/errgroup.ts';
import { describeEndings } from '../src/leaks/table.ts';

describeEndings(errgroupEndings);
