import type { Logger } from '../../application/ports/logger.js';
import { createApp, createStartingApp, createStatusApp, type HttpParts } from './app.js';
import { BytesInFlight } from './bytes-in-flight.js';
import { type App, type Listener, openListener } from './listener.js';

/** What is answered, once it is there. */
export type HttpAnswers = Omit<HttpParts, 'limits' | 'log'>;

export interface HttpServerOptions {
  /** 0: any free port. */
  readonly port: number;
  /** The address to listen on; `null`: every one of this machine's. Loopback unless given. */
  readonly host?: string | null | undefined;
  /** A port of its own for `/readyz` and `/metrics`; without it they are for callers on this machine. */
  readonly statusPort?: number | null | undefined;
  readonly limits?: Partial<HttpLimits> | undefined;
  readonly log: Logger;
}

interface HttpLimits {
  /** Of a webhook's body; 1 MB, and 10 s for it to arrive (fal itself gives up after 15). */
  readonly webhookBody: { readonly maximum: number; readonly milliseconds: number };
  /** Of all webhooks' bodies that are at hand at once; 32 MB. */
  readonly bytesInFlight: number;
  /** Open at once on one port; 5000. fal and Telegram need a few dozen, who follows jobs by the API one for each. */
  readonly connections: number;
  /** For finding out whether the service is ready; 5000. */
  readonly readinessMilliseconds: number;
  /** How long a stop waits for answers under way; 5000. */
  readonly stopMilliseconds: number;
}

const usualLimits: HttpLimits = {
  webhookBody: { maximum: 1_000_000, milliseconds: 10_000 },
  bytesInFlight: 32_000_000,
  connections: 5000,
  readinessMilliseconds: 5000,
  stopMilliseconds: 5000,
};

export interface HttpServer {
  /**
   * Resolves once it listens, with the ports it got. Before `answer` all who come hear that it is starting.
   * @throws CannotListen when a port is taken or not allowed
   */
  start(): Promise<{ port: number; statusPort: number | null }>;
  /** From now on there is something to be answered. */
  answer(answers: HttpAnswers): void;
  /** Finishes the answers under way and ends event streams. Does nothing to a server that was not started. */
  stop(): Promise<void>;
}

/**
 * The HTTP way in: how the service is, the webhooks of fal and Telegram, the API, and the sandbox. Unknown paths are answered
 * 404, wrong methods 405.
 */
export function createHttpServer(options: HttpServerOptions): HttpServer {
  const { port, host = '127.0.0.1', statusPort = null, log } = options;
  const limits = { ...usualLimits, ...options.limits };
  const inFlight = new BytesInFlight(limits.bytesInFlight);
  const starting = createStartingApp(log);
  let apps: { main: App; status: App } = { main: starting, status: starting };
  const listeners: Listener[] = [];
  const stop = async () => {
    await Promise.all(listeners.splice(0).map((listener) => listener.close(limits.stopMilliseconds)));
  };
  const open = async (which: keyof typeof apps, port: number, setting: 'HTTP_PORT' | 'STATUS_PORT') => {
    const app: App = { fetch: (request, env) => apps[which].fetch(request, env) };
    const listener = await openListener(app, { port, host, setting, connections: limits.connections }, log);
    listeners.push(listener);
    return listener.port;
  };
  return {
    async start() {
      try {
        return {
          port: await open('main', port, 'HTTP_PORT'),
          statusPort: statusPort === null ? null : await open('status', statusPort, 'STATUS_PORT'),
        };
      } catch (error) {
        await stop();
        throw error;
      }
    },
    answer(answers) {
      const webhookBody = { ...limits.webhookBody, inFlight };
      const parts = { ...answers, log, limits: { ...limits, webhookBody } };
      apps = { main: createApp(parts, statusPort !== null), status: createStatusApp(parts) };
    },
    stop,
  };
}
