import { faults } from './faults/suite.ts';

faults('ioredis');
