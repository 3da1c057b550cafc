import { Hono } from 'hono';
import { methodNotAllowed, plainAnswer } from './plain-answers.js';
import { type BodyLimits, BodyRefused, withBody } from './request-body.js';

/** Checks the secret, then reads and takes the update, and answers. Throws what `body` throws. */
export type TelegramWebhook = (request: {
  header(name: string): string | undefined;
  body(): Promise<Uint8Array>;
}) => Promise<Response>;

/** `POST /webhooks/telegram`: hands the request on, whose body is no larger and comes no slower than it may. */
export function telegramWebhookRoute(handle: TelegramWebhook, limits: BodyLimits): Hono {
  const app = new Hono();
  app.post('/', async (context) => {
    const header = (name: string) => context.req.header(name);
    try {
      const response = await withBody(context.req.raw, limits, (body) => handle({ header, body }));
      // What is left of a stranger's body is not worth reading.
      if (response.status === 401) response.headers.set('connection', 'close');
      return response;
    } catch (error) {
      if (!(error instanceof BodyRefused)) throw error;
      context.header('connection', 'close');
      return plainAnswer(context, error.status);
    }
  });
  app.all('/', methodNotAllowed('POST'));
  return app;
}
