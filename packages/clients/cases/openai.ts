import OpenAI from 'openai';
import { client } from '../harness/client.ts';
import { overHttp } from '../harness/server.ts';

export const subject = client({
  library: 'openai',
  rejects: { canceled: 'APIUserAbortError' },
  leaves: 1,
  open: () =>
    overHttp((url, ctx) => {
      const api = new OpenAI({ apiKey: 'none', baseURL: url, maxRetries: 0 });
      const messages = [{ role: 'user' as const, content: 'hello' }];
      return api.chat.completions.create({ model: 'any', messages }, { signal: ctx.signal });
    }),
});
