import { faults } from './faults/suite.ts';

// It shares its adapter with ioredis; these are the faults in which the client itself has a part.
faults('iovalkey', {
  SharedWeighted: [
    'tells a holder that is cut off before the next one holds',
    'keeps a holder over a restart that loses all data',
    'takes no unit for the late twin of a request that was sent again',
  ],
  SharedGroup: [
    'finds a value whose message was lost',
    'calls at once when the answer to its first request was lost',
  ],
});
