import { background, withCancel } from '@gosync/context';
import Koa from 'koa';
import { leaving } from '../harness/leaving.ts';
import { serving } from '../harness/serving.ts';

export const subject = leaving('koa', (work) => {
  const app = new Koa();
  app.use((request) => {
    const [ctx, cancel] = withCancel(background());
    request.res.once('close', cancel);
    return work(ctx).then(
      (text) => void (request.body = text),
      () => void (request.body = 'left'),
    );
  });
  return serving(app.listen(0, '127.0.0.1'));
});
