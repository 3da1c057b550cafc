import { createHash, randomUUID } from 'node:crypto';
import { errorBody } from '../fal-error.js';
import type { WebhookFault } from '../faults/fault-rule.js';
import { isJobError, outcomeOf, type RequestRecord } from '../queue/request-record.js';
import type { ResultBody } from '../result-body.js';
import { forgedSignature, type SigningKey } from './signing-key.js';

export interface WebhookMessage {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

const userId = 'sandbox-user';

/** What fal POSTs when a request has ended: the output, or the error in the same body as its result has. */
export async function webhookBody(record: RequestRecord, resultBody: ResultBody): Promise<string> {
  const outcome = outcomeOf(record);
  const common = { request_id: record.id, gateway_request_id: record.id };
  return JSON.stringify(
    isJobError(outcome)
      ? {
          ...common,
          status: 'ERROR',
          error: outcome.kind === 'model-error' ? `Invalid status code: ${outcome.status}` : outcome.detail,
          payload: errorBody(outcome),
        }
      : { ...common, status: 'OK', payload: await resultBody(record, outcome) },
  );
}

/** Signs a body as fal does; a fault makes it wrong in one way. */
export function signedMessage(
  requestId: string,
  body: string,
  key: SigningKey,
  now: number,
  fault: WebhookFault | undefined,
): WebhookMessage {
  const foreignId = fault?.kind === 'foreign' ? randomUUID() : undefined;
  const id = foreignId ?? requestId;
  const said = foreignId === undefined ? body : body.replaceAll(requestId, foreignId);
  const sentAt = Math.floor(now / 1000) - (fault?.kind === 'stale' ? fault.seconds : 0);
  const hash = createHash('sha256').update(said).digest('hex');
  const message = `${id}\n${userId}\n${sentAt}\n${hash}`;
  const headers = {
    'content-type': 'application/json',
    'x-fal-webhook-request-id': id,
    'x-fal-webhook-user-id': userId,
    'x-fal-webhook-timestamp': String(sentAt),
  };
  if (fault?.kind === 'unsigned') return { body: said, headers: { 'content-type': 'application/json' } };
  const signature = fault?.kind === 'forged' ? forgedSignature(message) : key.sign(message);
  return {
    // One space more: the same meaning, other bytes.
    body: fault?.kind === 'tampered' ? `${said} ` : said,
    headers: { ...headers, 'x-fal-webhook-signature': signature },
  };
}
