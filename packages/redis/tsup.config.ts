import shared from '../../tsup.config.ts';

export default Object.assign(shared, {
  entry: {
    index: 'src/index.ts',
    'node-redis': 'src/drivers/node-redis.ts',
    ioredis: 'src/drivers/ioredis.ts',
  },
});
