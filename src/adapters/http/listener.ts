import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';
import type { Logger } from '../../application/ports/logger.js';
import { CannotListen } from './cannot-listen.js';
import { OpenAnswers } from './open-answers.js';
import { isPlainTarget } from './request-target.js';

export interface ListenerOptions {
  /** 0: any free port. */
  readonly port: number;
  /** `null`: every address of this machine. */
  readonly host: string | null;
  /** The setting that says the port. */
  readonly setting: 'HTTP_PORT' | 'STATUS_PORT';
  /** More are hung up on. */
  readonly connections: number;
}

/** Whatever answers requests. */
export type App = Pick<Hono, 'fetch'>;

export interface Listener {
  readonly port: number;
  close(patienceMilliseconds: number): Promise<void>;
}

/**
 * A proxy in front keeps its connections about a minute: it must be the one that closes them. Who says nothing is
 * looked for often enough that places do not stay taken.
 */
const connectionSettings = {
  keepAliveTimeout: 65_000,
  headersTimeout: 10_000,
  requestTimeout: 120_000,
  connectionsCheckingInterval: 5000,
};

/** Answers on a port with an app. @throws CannotListen when the port is taken or not allowed */
export async function openListener(app: App, options: ListenerOptions, log: Logger): Promise<Listener> {
  const { port, host, setting, connections } = options;
  const server = createServer(connectionSettings);
  server.maxConnections = connections;
  const answers = new OpenAnswers(server);
  const listener = getRequestListener(
    async (request, env) => {
      const response = await app.fetch(request, env);
      if (isEventStream(response)) answers.markEndless(env.outgoing);
      return response;
    },
    // Global Request and Response stay as they are: others in this process use them. Whoever speaks HTTP/1.0, as load
    // balancers do that ask whether this lives, names no host.
    { overrideGlobalObjects: false, hostname: 'localhost' },
  );
  server.on('request', (incoming, outgoing) => {
    outgoing.once('finish', () => letRunOut(incoming));
    // Here the path is still as it came: the app sees it with its dots resolved.
    if (isPlainTarget(incoming.url ?? '')) void listener(incoming, outgoing);
    else outgoing.writeHead(400, { 'content-type': 'text/plain', connection: 'close' }).end('Bad request\n');
  });
  try {
    server.listen(host === null ? { port } : { port, host });
    await once(server, 'listening');
  } catch (error) {
    throw new CannotListen(setting, port, host ?? 'all addresses', error);
  }
  server.on('error', (error) => log.error('the HTTP server has a problem', { error }));
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    close: (patienceMilliseconds) => answers.close(patienceMilliseconds),
  };
}

/**
 * What is left of a body that was refused while it came. Whoever began to read it holds the connection back, which would
 * be closed in the end, with the next request already in it.
 */
function letRunOut(incoming: IncomingMessage): void {
  if (incoming.readableEnded) return;
  incoming.removeAllListeners('data');
  incoming.resume();
}

const isEventStream = (response: Response): boolean =>
  response.headers.get('content-type')?.startsWith('text/event-stream') === true;
