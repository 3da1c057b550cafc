import { onTestFinished } from 'vitest';
import {
  createHttpServer,
  type HttpAnswers,
  type HttpServerOptions,
} from '../../../src/adapters/http/http-server.js';
import { RecordingLogger } from '../../fakes/recording-logger.js';

/** A server on a free port of loopback that ends with the test. Ready, with empty metrics, unless told otherwise. */
export async function runningServer(options: Partial<HttpServerOptions & HttpAnswers> = {}) {
  const log = new RecordingLogger();
  const server = createHttpServer({
    port: 0,
    host: '127.0.0.1',
    log,
    ...options,
  });
  server.answer({
    readiness: async () => [],
    databaseReadiness: async () => [],
    metrics: async () => ({ contentType: 'text/plain', body: '' }),
    ...options,
  });
  const { port, statusPort } = await server.start();
  onTestFinished(() => server.stop());
  return {
    url: `http://127.0.0.1:${port}`,
    statusUrl: `http://127.0.0.1:${statusPort}`,
    port,
    log,
    stop: () => server.stop(),
  };
}
