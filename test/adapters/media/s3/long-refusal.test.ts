import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { aBucket } from '../../../support/s3/a-bucket.js';

const most = 64 * 2 ** 20;

it('reads no more of a refusal than it needs to understand it', async () => {
  let sent = 0;
  let hungUp: Promise<unknown> = Promise.resolve();
  const page = Buffer.alloc(65_536, ' ');
  const server = createServer((_, response) => {
    hungUp = once(response, 'close');
    response.writeHead(403, { 'content-type': 'application/xml' });
    response.write('<Error><Code>AccessDenied</Code>');
    const write = () => {
      while (sent < most && !response.destroyed) {
        sent += page.byteLength;
        if (!response.write(page)) return void response.once('drain', write);
      }
      response.end('</Error>');
    };
    write();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const { store, close } = await aBucket({ endpoint: `http://127.0.0.1:${port}` });
  await expect(store.bytes('a/b.jpg')).rejects.toMatchObject({ status: 403, code: 'AccessDenied' });
  await hungUp;
  expect(sent).toBeLessThan(most);
  server.close();
  await close();
});
