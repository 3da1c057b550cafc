import { createHmac } from 'node:crypto';

interface Message {
  /** Its parts are joined by full stops, so there is none in it. The same however often it is sent. */
  readonly id: string;
  readonly body: string;
  /** `whsec_` and the key in base64. */
  readonly secret: string;
  readonly now: Date;
}

/**
 * What a POST of JSON carries, signed as Standard Webhooks 1.0 says: `webhook-id`, `webhook-timestamp` (seconds) and
 * `webhook-signature: v1,<base64 of HMAC-SHA256 over id.timestamp.body>`.
 * Source: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export function signedHeaders({ id, body, secret, now }: Message): Record<string, string> {
  const timestamp = Math.floor(now.getTime() / 1000);
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': `v1,${signature}`,
  };
}
