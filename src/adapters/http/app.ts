import { Hono, type MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import type { Logger } from '../../application/ports/logger.js';
import { type FalWebhookParts, falWebhookRoute } from './fal-webhook-route.js';
import { onlyFromOwnMachine } from './own-machine.js';
import { methodNotAllowed, plainAnswer } from './plain-answers.js';
import type { BodyLimits } from './request-body.js';
import { healthRoute, type StatusParts, statusRoutes } from './status-routes.js';
import { type TelegramWebhook, telegramWebhookRoute } from './telegram-webhook-route.js';

export interface HttpParts extends StatusParts {
  /** Without it there is no `/webhooks/fal`. */
  readonly falWebhook?: FalWebhookParts | undefined;
  /** Without it there is no `/webhooks/telegram`. */
  readonly telegramWebhook?: TelegramWebhook | undefined;
  /** Answers `/sandbox` and below, with paths that begin after it. Sets a Content-Security-Policy of its own. */
  readonly sandbox?: Hono | undefined;
  /** Answers `/v1` and below, `/openapi.json` and `/docs`; its faults are its own to explain. */
  readonly api?: { fetch(request: Request, env: object): Response | Promise<Response> } | undefined;
  readonly limits: { readonly webhookBody: BodyLimits; readonly readinessMilliseconds: number };
}

/** For a person who opens the address in a browser. */
const whatRunsHere =
  'Aisha runs here: a Telegram bot. There is nothing to see; /healthz says whether it works.\n';

/**
 * Everything that is answered over HTTP, without a server. Those who ask how the service is are answered elsewhere
 * (`createStatusApp`), or else here when they are on this machine.
 */
export function createApp(parts: HttpParts, statusElsewhere: boolean): Hono {
  const { falWebhook, telegramWebhook, sandbox, api, limits } = parts;
  const app = bareApp(parts.log, parts.beyondRecovery);
  if (!statusElsewhere) app.route('/', statusRoutes(parts, limits.readinessMilliseconds, onlyFromOwnMachine));
  if (falWebhook !== undefined) app.route('/webhooks/fal', falWebhookRoute(falWebhook, limits.webhookBody));
  if (telegramWebhook !== undefined)
    app.route('/webhooks/telegram', telegramWebhookRoute(telegramWebhook, limits.webhookBody));
  if (sandbox !== undefined) app.route('/sandbox', sandbox);
  if (api !== undefined)
    for (const path of ['/v1/*', '/openapi.json', '/docs', '/docs/*'])
      app.all(path, (context) => api.fetch(context.req.raw, { ...(context.env as object) }));
  app.get('/', (context) =>
    sandbox === undefined ? context.text(whatRunsHere) : context.redirect('/sandbox', 302),
  );
  app.all('/', methodNotAllowed('GET, HEAD'));
  return app;
}

/** How the service is, for everybody who reaches its listener. */
export function createStatusApp(parts: HttpParts): Hono {
  const { log, beyondRecovery, limits } = parts;
  return bareApp(log, beyondRecovery).route('/', statusRoutes(parts, limits.readinessMilliseconds));
}

/** While the program starts: its port is taken, and whoever has something for it may come again. */
export function createStartingApp(log: Logger): Hono {
  const app = bareApp(log);
  app.get('/readyz', (context) => context.json({ ready: false, reasons: ['it is starting'] }, 503));
  app.notFound((context) => {
    context.header('retry-after', '5');
    return plainAnswer(context, 503);
  });
  return app;
}

function bareApp(log: Logger, beyondRecovery?: StatusParts['beyondRecovery']): Hono {
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
  return app.route('/', healthRoute(log, beyondRecovery));
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
