import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';
import { isLoopbackHost, isOwnOrigin } from '../loopback-guard.js';

export interface ListeningServer {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves an app on 127.0.0.1 only, and to programs only: fal's key is no secret here, so a page in this machine's
 * browser must get nothing. Closing drops every connection: streams of endless jobs would hold it.
 */
export async function listen(app: Hono, port: number): Promise<ListeningServer> {
  const server = createAdaptorServer({
    fetch: (request, env) => (isFromProgram(request) ? app.fetch(request, env) : forbidden()),
  }) as Server;
  // Longer than clients keep a connection, so that none is closed at the moment they use it again.
  server.keepAliveTimeout = 65_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise<void>((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        server.closeAllConnections();
      }),
  };
}

function isFromProgram({ headers }: Request): boolean {
  const host = headers.get('host') ?? '';
  return isLoopbackHost(host) && isOwnOrigin(headers.get('origin') ?? undefined, host);
}

const forbidden = () =>
  Response.json({ detail: 'The local fal is for programs on this machine' }, { status: 403 });
