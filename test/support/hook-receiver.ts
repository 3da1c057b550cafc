import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { createServer as createHttp } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeCertificate } from './private-authority.js';

export interface ReceivedHook {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

type Answer = (response: ServerResponse, request: IncomingMessage) => void;

/** An authority of our own, and servers for the name `shop.example` whose certificates it has signed. */
export async function openAuthority() {
  const folder = await mkdtemp(join(tmpdir(), 'hooks-'));
  const files = await makeCertificate(folder, 'DNS:shop.example');
  const tls = { cert: readFileSync(files.certificate), key: readFileSync(files.key) };
  return {
    ca: readFileSync(files.authority, 'utf8'),
    /** A receiver of webhooks on this machine; `port` is that of another one, on another address. */
    receiver: (host = '127.0.0.1', port = 0) => listen((handle) => createServer(tls, handle), host, port),
    close: () => rm(folder, { recursive: true }),
  };
}

export type HookReceiver = Awaited<ReturnType<typeof listen>>;

export const openHttpReceiver = () => listen((handle) => createHttp(handle), '127.0.0.1', 0);

async function listen(
  create: (handle: RequestListener) => ReturnType<typeof createServer> | ReturnType<typeof createHttp>,
  host: string,
  wanted: number,
) {
  const received: ReceivedHook[] = [];
  /** In place of 204, one after the other. */
  const answers: Answer[] = [];
  let connections = 0;
  const server = create((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => {
      body += text;
    });
    request.on('end', () => {
      const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)]);
      received.push({ headers: Object.fromEntries(headers), body });
      const answer = answers.shift() ?? ((good) => void good.writeHead(204).end());
      answer(response, request);
    });
  });
  server.on('connection', () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(wanted, host, resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    received,
    answers,
    connections: () => connections,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
