import { createHmac } from 'node:crypto';
import type { Clock } from '../../application/ports/clock.js';
import type { Alert, AlertChannel } from '../../application/ports/operator/alert-channel.js';
import { summaryOf } from '../../domain/operator/trouble.js';

const timeoutMilliseconds = 10_000;

interface Settings {
  readonly url: string;
  /** `whsec_` and the key in base64. */
  readonly secret: string;
  readonly clock: Clock;
  /** 10,000 unless given. */
  readonly milliseconds?: number | undefined;
}

/**
 * Posts alerts as JSON, signed as Standard Webhooks 1.0 says: `webhook-id`, `webhook-timestamp` (seconds) and
 * `webhook-signature: v1,<base64 of HMAC-SHA256 over id.timestamp.body>`.
 * Source: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export class StandardWebhook implements AlertChannel {
  constructor(private readonly settings: Settings) {}

  async send(alert: Alert, stopped: AbortSignal): Promise<void> {
    const { url, secret, clock, milliseconds = timeoutMilliseconds } = this.settings;
    const body = JSON.stringify(bodyOf(alert));
    // Its parts are joined by full stops, so there is none in it.
    const id = `msg_${alert.id}_${alert.event}`;
    const timestamp = Math.floor(clock.now().getTime() / 1000);
    const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
    const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': String(timestamp),
        'webhook-signature': `v1,${signature}`,
      },
      body,
      // What is signed for one place is not carried to another.
      redirect: 'manual',
      signal: AbortSignal.any([stopped, AbortSignal.timeout(milliseconds)]),
    });
    await response.body?.cancel();
    if (!response.ok) throw new Error(`the receiver of alerts answered ${response.status}`);
  }
}

const bodyOf = ({ id, event, trouble: { kind, subject, facts }, begunAt, clearedAt }: Alert) => ({
  type: `alert.${event}`,
  timestamp: (event === 'begun' ? begunAt : (clearedAt ?? begunAt)).toISOString(),
  data: {
    alert: id,
    kind,
    subject,
    summary: summaryOf[kind](subject),
    begunAt: begunAt.toISOString(),
    clearedAt: event === 'cleared' ? (clearedAt?.toISOString() ?? null) : null,
    facts,
  },
});
