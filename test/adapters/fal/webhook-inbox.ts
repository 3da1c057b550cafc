import type { ProviderWebhooks } from '../../../src/application/ports/provider-webhooks.js';
import { loopbackServer } from './loopback-server.js';

type Verdict = Awaited<ReturnType<ProviderWebhooks['verify']>>;

export interface WebhookInbox {
  readonly url: string;
  /** The verdict on the next webhook, in the order they came. */
  next(): Promise<Verdict>;
  close(): Promise<void>;
}

/** Takes webhooks, judges them, and answers 200, 401 or 503 as the program does. */
export async function webhookInbox(webhooks: ProviderWebhooks): Promise<WebhookInbox> {
  const verdicts: Verdict[] = [];
  const waiting: ((verdict: Verdict) => void)[] = [];
  const judged = (verdict: Verdict) => {
    const next = waiting.shift();
    if (next === undefined) verdicts.push(verdict);
    else next(verdict);
    return verdict.accepted ? 200 : 401;
  };
  const server = await loopbackServer(async ({ path, headers, body }, response) => {
    const status = await webhooks
      .verify({
        query: new URL(path, 'http://localhost').searchParams,
        header: (name) => headers[name]?.toString(),
        body: async () => Buffer.from(body),
      })
      .then(judged, () => 503);
    response.writeHead(status).end();
  });
  return {
    url: server.url,
    next: async () => verdicts.shift() ?? new Promise<Verdict>((arrived) => waiting.push(arrived)),
    close: server.close,
  };
}
