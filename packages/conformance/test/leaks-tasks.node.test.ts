import { tasksEndings } from '../src/leaks/tasks.ts';
import { describeEndings } from '../src/leaks/table.ts';

describeEndings(tasksEndings);
