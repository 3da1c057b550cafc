import { once } from 'node:events';
import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { createApp, type HttpParts } from './app.js';
import { CannotListen } from './cannot-listen.js';
import { OpenAnswers } from './open-answers.js';
import type { BodyLimits } from './request-body.js';

export interface HttpServerOptions extends Omit<HttpParts, 'limits'> {
  /** 0: any free port. */
  readonly port: number;
  /** The address to listen on; `0.0.0.0`, every one of this machine's, unless given. */
  readonly host?: string | undefined;
  readonly limits?: Partial<HttpLimits> | undefined;
}

interface HttpLimits {
  /** Of a webhook's body; 1 MB, and 10 s for it to arrive (fal itself gives up after 15). */
  readonly webhookBody: BodyLimits;
  /** For finding out whether the service is ready; 5000. */
  readonly readinessMilliseconds: number;
  /** How long a stop waits for answers under way; 5000. */
  readonly stopMilliseconds: number;
}

const usualLimits: HttpLimits = {
  webhookBody: { maximum: 1_000_000, milliseconds: 10_000 },
  readinessMilliseconds: 5000,
  stopMilliseconds: 5000,
};

/** A proxy in front keeps its connections about a minute: it must be the one that closes them. */
const connectionSettings = { keepAliveTimeout: 65_000, headersTimeout: 10_000, requestTimeout: 120_000 };

export interface HttpServer {
  /**
   * Resolves once it listens, with the port it got.
   * @throws CannotListen when the port is taken or not allowed
   */
  start(): Promise<{ port: number }>;
  /** Finishes the answers under way and ends event streams. Does nothing to a server that was not started. */
  stop(): Promise<void>;
}

/**
 * The HTTP way in: how the service is, the webhooks of fal and Telegram, and the sandbox. Unknown paths are answered
 * 404, wrong methods 405.
 */
export function createHttpServer(options: HttpServerOptions): HttpServer {
  const { port, host = '0.0.0.0', log } = options;
  const limits = { ...usualLimits, ...options.limits };
  const app = createApp({ ...options, limits });
  let answers: OpenAnswers | null = null;
  return {
    async start() {
      const server = createServer(connectionSettings);
      const opened = new OpenAnswers(server);
      const listener = getRequestListener(
        async (request, env) => {
          const response = await app.fetch(request, env);
          if (isEventStream(response)) opened.markEndless(env.outgoing);
          return response;
        },
        // Global Request and Response stay as they are: others in this process use them.
        { overrideGlobalObjects: false },
      );
      server.on('request', (incoming, outgoing) => void listener(incoming, outgoing));
      try {
        server.listen({ port, host });
        await once(server, 'listening');
      } catch (error) {
        throw new CannotListen(port, host, error);
      }
      server.on('error', (error) => log.error('the HTTP server has a problem', { error }));
      answers = opened;
      const address = server.address();
      return { port: typeof address === 'object' && address !== null ? address.port : port };
    },
    async stop() {
      const running = answers;
      answers = null;
      await running?.close(limits.stopMilliseconds);
    },
  };
}

const isEventStream = (response: Response): boolean =>
  response.headers.get('content-type')?.startsWith('text/event-stream') === true;
