// A group that only waits and collects the first error: there is no context to cancel, and no result to return.
import { Group } from '@gosync/errgroup';
import { createServer } from 'node:http';
import { listen } from '../listen.ts';

const server = createServer((request, response) => response.end(`you asked for ${request.url}`));
const port = await listen(server);

const group = new Group();
for (const page of ['about', 'blog', 'contact']) {
  void group.go(async () => {
    const response = await fetch(`http://127.0.0.1:${port}/${page}`);
    await response.text();
  });
}

await group.wait();
console.log('Successfully fetched all URLs.');
server.close();
