import { semaphoreEndings } from '../src/leaks/semaphore.ts';
import { describeEndings } from '../src/leaks/table.ts';

describeEndings(semaphoreEndings);
