import { createApp, createStatusApp, type HttpParts } from './app.js';
import { BytesInFlight } from './bytes-in-flight.js';
import { type Listener, openListener } from './listener.js';

export interface HttpServerOptions extends Omit<HttpParts, 'limits'> {
  /** 0: any free port. */
  readonly port: number;
  /** The address to listen on; `null`: every one of this machine's. Loopback unless given. */
  readonly host?: string | null | undefined;
  /** A port of its own for `/readyz` and `/metrics`; without it they are for callers on this machine. */
  readonly statusPort?: number | null | undefined;
  readonly limits?: Partial<HttpLimits> | undefined;
}

interface HttpLimits {
  /** Of a webhook's body; 1 MB, and 10 s for it to arrive (fal itself gives up after 15). */
  readonly webhookBody: { readonly maximum: number; readonly milliseconds: number };
  /** Of all webhooks' bodies that are at hand at once; 32 MB. */
  readonly bytesInFlight: number;
  /** Open at once on one port; 1000. fal and Telegram need a few dozen. */
  readonly connections: number;
  /** For finding out whether the service is ready; 5000. */
  readonly readinessMilliseconds: number;
  /** How long a stop waits for answers under way; 5000. */
  readonly stopMilliseconds: number;
}

const usualLimits: HttpLimits = {
  webhookBody: { maximum: 1_000_000, milliseconds: 10_000 },
  bytesInFlight: 32_000_000,
  connections: 1000,
  readinessMilliseconds: 5000,
  stopMilliseconds: 5000,
};

export interface HttpServer {
  /**
   * Resolves once it listens, with the ports it got.
   * @throws CannotListen when a port is taken or not allowed
   */
  start(): Promise<{ port: number; statusPort: number | null }>;
  /** Finishes the answers under way and ends event streams. Does nothing to a server that was not started. */
  stop(): Promise<void>;
}

/**
 * The HTTP way in: how the service is, the webhooks of fal and Telegram, and the sandbox. Unknown paths are answered
 * 404, wrong methods 405.
 */
export function createHttpServer(options: HttpServerOptions): HttpServer {
  const { port, host = '127.0.0.1', statusPort = null, log } = options;
  const limits = { ...usualLimits, ...options.limits };
  const inFlight = new BytesInFlight(limits.bytesInFlight);
  const parts = { ...options, limits: { ...limits, webhookBody: { ...limits.webhookBody, inFlight } } };
  const listeners: Listener[] = [];
  const stop = async () => {
    await Promise.all(listeners.splice(0).map((listener) => listener.close(limits.stopMilliseconds)));
  };
  const open = async (
    app: ReturnType<typeof createApp>,
    port: number,
    setting: 'HTTP_PORT' | 'STATUS_PORT',
  ) => {
    const listener = await openListener(app, { port, host, setting, connections: limits.connections }, log);
    listeners.push(listener);
    return listener.port;
  };
  return {
    async start() {
      try {
        return {
          port: await open(createApp(parts, statusPort !== null), port, 'HTTP_PORT'),
          statusPort:
            statusPort === null ? null : await open(createStatusApp(parts), statusPort, 'STATUS_PORT'),
        };
      } catch (error) {
        await stop();
        throw error;
      }
    },
    stop,
  };
}
