import { firstValueFrom } from 'rxjs';
import { fromFetch } from 'rxjs/fetch';
import { client } from '../harness/client.ts';
import { overHttp } from '../harness/server.ts';

export const subject = client({
  library: 'rxjs',
  rejects: { canceled: 'AbortError 20' },
  open: () =>
    overHttp((url, ctx) =>
      firstValueFrom(
        fromFetch(url, { signal: ctx.signal, selector: (response) => response.text() }),
      ),
    ),
});
