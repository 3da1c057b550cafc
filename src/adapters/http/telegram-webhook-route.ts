import { Hono } from 'hono';
import { methodNotAllowed, plainAnswer } from './plain-answers.js';
import { type BodyLimits, BodyRefused, readBody } from './request-body.js';

/** Checks the secret, takes the update, answers. */
export type TelegramWebhook = (request: Request) => Promise<Response>;

/** `POST /webhooks/telegram`: hands the request on once its body is here and no larger than it may be. */
export function telegramWebhookRoute(handle: TelegramWebhook, limits: BodyLimits): Hono {
  const app = new Hono();
  app.post('/', async (context) => {
    const { url, headers } = context.req.raw;
    try {
      const body = await readBody(context.req.raw, limits);
      return await handle(new Request(url, { method: 'POST', headers, body }));
    } catch (error) {
      if (!(error instanceof BodyRefused)) throw error;
      context.header('connection', 'close');
      return plainAnswer(context, error.status);
    }
  });
  app.all('/', methodNotAllowed('POST'));
  return app;
}
