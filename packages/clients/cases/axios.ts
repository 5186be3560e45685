import axios from 'axios';
import { client } from '../harness/client.ts';
import { overHttp } from '../harness/server.ts';

export const subject = client({
  library: 'axios',
  rejects: { canceled: 'CanceledError ERR_CANCELED' },
  open: () => overHttp((url, ctx) => axios.get(url, { signal: ctx.signal })),
});
