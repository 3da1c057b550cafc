import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';

export interface BalancerOptions {
  readonly port: number;
  /** The ports that may answer a path, the first choice first. */
  readonly portsFor: (path: string) => readonly number[];
}

/** As Caddy before several web servers: whoever does not listen is passed by, and when nobody does it is 502. */
export async function openBalancer({ port, portsFor }: BalancerOptions): Promise<{ close(): Promise<void> }> {
  let turn = 0;
  const server = createServer(async (incoming, outgoing) => {
    const body = await buffer(incoming).catch(() => null);
    if (body === null) return;
    const ports = portsFor(incoming.url ?? '/');
    turn += 1;
    for (let tries = 0; tries < ports.length; tries += 1) {
      const chosen = ports[(turn + tries) % ports.length];
      if (chosen !== undefined && (await passOn(incoming, body, chosen, outgoing))) return;
    }
    outgoing.writeHead(502).end();
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/** Returns whether it was taken: what was taken is not told to another one. */
function passOn(
  { method, url, headers }: IncomingMessage,
  body: Buffer,
  port: number,
  outgoing: ServerResponse,
): Promise<boolean> {
  return new Promise((resolve) => {
    const passed = request({ host: '127.0.0.1', port, method, path: url, headers, agent: false });
    passed.once('response', (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing).once('close', () => resolve(true));
      answer.once('error', () => outgoing.destroy());
    });
    passed.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNREFUSED') return resolve(false);
      if (!outgoing.headersSent) outgoing.writeHead(502);
      outgoing.end();
      resolve(true);
    });
    outgoing.once('close', () => passed.destroy());
    passed.end(body);
  });
}
