import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { client } from '../harness/client.ts';
import { overHttp } from '../harness/server.ts';

export const subject = client({
  library: '@aws-sdk/client-s3',
  rejects: { canceled: 'AbortError with the cause' },
  warnings: [/NodeVersionSupportWarning/],
  open: () => {
    const clients = new Map<string, S3Client>();
    const clientOf = (endpoint: string): S3Client => {
      const known = clients.get(endpoint);
      if (known) return known;
      const credentials = { accessKeyId: 'none', secretAccessKey: 'none' };
      const made = new S3Client({
        endpoint,
        region: 'us-east-1',
        forcePathStyle: true,
        credentials,
      });
      clients.set(endpoint, made);
      return made;
    };
    return overHttp(
      async (url, ctx) => {
        const { origin, pathname } = new URL(url);
        const command = new GetObjectCommand({ Bucket: 'bucket', Key: pathname.slice(1) });
        const { Body } = await clientOf(origin).send(command, { abortSignal: ctx.signal });
        return Body?.transformToString();
      },
      () => clients.forEach((each) => each.destroy()),
    );
  },
});
