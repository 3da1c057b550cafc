import { type Context, Hono } from 'hono';
import type { Logger } from '../../application/ports/logger.js';
import type { Metrics } from '../../application/ports/metrics.js';
import type { ProviderWebhooks } from '../../application/ports/provider-webhooks.js';
import type { ReceiveWebhook } from '../../application/upkeep/receive-webhook.js';
import { methodNotAllowed, plainAnswer } from './plain-answers.js';
import { RefusalLog } from './refusal-log.js';
import { type BodyLimits, BodyRefused, withBody } from './request-body.js';

export interface FalWebhookParts {
  readonly webhooks: ProviderWebhooks;
  readonly receive: Pick<ReceiveWebhook, 'execute'>;
  readonly metrics: Pick<Metrics, 'webhookRefused'>;
  readonly log: Logger;
}

/**
 * `POST /webhooks/fal`. The body of a stranger is not read. Only a webhook that was kept is answered 200, a repeated one too. Refused ones hear 401
 * and nothing else; 503 asks fal to come again. fal does so with everything that is not 2xx.
 */
export function falWebhookRoute(parts: FalWebhookParts, limits: BodyLimits): Hono {
  const app = new Hono();
  const refusals = new RefusalLog(parts.log);
  const refuse = (
    context: Context,
    { reason, status }: { reason: string; status: 400 | 401 | 408 | 413 | 503 },
  ) => {
    parts.metrics.webhookRefused(reason);
    refusals.note(reason);
    // What is left of the body is not worth reading.
    context.header('connection', 'close');
    if (status === 503) context.header('retry-after', '15');
    return plainAnswer(context, status);
  };
  app.post('/', async (context) => {
    try {
      const refused = await withBody(context.req.raw, limits, (read) => take(parts, context, read));
      return refused === null ? context.text('ok\n') : refuse(context, { reason: refused, status: 401 });
    } catch (error) {
      if (error instanceof BodyRefused) return refuse(context, error);
      parts.log.warn('a webhook could not be judged or kept; it will come again', { error });
      context.header('retry-after', '15');
      return plainAnswer(context, 503);
    }
  });
  app.all('/', methodNotAllowed('POST'));
  return app;
}

/** Returns why it is to be refused, or `null` when it was kept. */
async function take(
  parts: FalWebhookParts,
  context: Context,
  body: () => Promise<Uint8Array>,
): Promise<string | null> {
  const verdict = await parts.webhooks.verify({
    query: new URL(context.req.url).searchParams,
    header: (name) => context.req.header(name),
    body,
  });
  if (!verdict.accepted) return verdict.reason;
  if (!(await parts.receive.execute(verdict.event))) return 'foreign';
  const { requestId, reference } = verdict.event;
  parts.log.debug('took a webhook', { reference, request: requestId });
  return null;
}
