import { faults } from './faults/suite.ts';

faults('node-redis');
