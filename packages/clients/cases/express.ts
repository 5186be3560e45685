import { background, withCancel } from '@gosync/context';
import express from 'express';
import { leaving } from '../harness/leaving.ts';
import { serving } from '../harness/serving.ts';

export const subject = leaving('express', (work) => {
  const app = express();
  app.get('/', async (_request, response) => {
    const [ctx, cancel] = withCancel(background());
    response.once('close', cancel);
    const text = await work(ctx).catch(() => undefined);
    if (text !== undefined) response.send(text);
  });
  return serving(app.listen(0, '127.0.0.1'));
});
