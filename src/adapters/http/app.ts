import { Hono, type MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import type { Logger } from '../../application/ports/logger.js';
import { type FalWebhookParts, falWebhookRoute } from './fal-webhook-route.js';
import { plainAnswer } from './plain-answers.js';
import type { BodyLimits } from './request-body.js';
import { type StatusParts, statusRoutes } from './status-routes.js';
import { type TelegramWebhook, telegramWebhookRoute } from './telegram-webhook-route.js';

export interface HttpParts extends Pick<StatusParts, 'readiness' | 'metrics'> {
  /** Without it there is no `/webhooks/fal`. */
  readonly falWebhook?: FalWebhookParts | undefined;
  /** Without it there is no `/webhooks/telegram`. */
  readonly telegramWebhook?: TelegramWebhook | undefined;
  /** Answers `/sandbox` and below, with paths that begin after it. Sets a Content-Security-Policy of its own. */
  readonly sandbox?: Hono | undefined;
  readonly log: Logger;
  readonly limits: { readonly webhookBody: BodyLimits; readonly readinessMilliseconds: number };
}

/** Everything that is answered over HTTP, without a server. */
export function createApp(parts: HttpParts): Hono {
  const { readiness, metrics, falWebhook, telegramWebhook, sandbox, log, limits } = parts;
  const { readinessMilliseconds, webhookBody } = limits;
  const app = new Hono();
  app.use(safeHeaders());
  app.notFound((context) => plainAnswer(context, 404));
  app.onError((error, context) => {
    log.error('a request could not be answered', {
      method: context.req.method,
      path: context.req.path,
      error,
    });
    return plainAnswer(context, 500);
  });
  app.route('/', statusRoutes({ readiness, metrics, log, readinessMilliseconds }));
  if (falWebhook !== undefined) app.route('/webhooks/fal', falWebhookRoute(falWebhook, webhookBody));
  if (telegramWebhook !== undefined)
    app.route('/webhooks/telegram', telegramWebhookRoute(telegramWebhook, webhookBody));
  if (sandbox !== undefined) app.route('/sandbox', sandbox);
  return app;
}

/** Whether there is HTTPS is the affair of the proxy in front: no Strict-Transport-Security from here. */
function safeHeaders(): MiddlewareHandler {
  const common = { strictTransportSecurity: false, overwrite: false };
  const forPages = secureHeaders(common);
  const forMachines = secureHeaders({
    ...common,
    xFrameOptions: 'DENY',
    contentSecurityPolicy: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
  });
  return (context, next) =>
    /^\/sandbox(?:\/|$)/.test(context.req.path) ? forPages(context, next) : forMachines(context, next);
}
