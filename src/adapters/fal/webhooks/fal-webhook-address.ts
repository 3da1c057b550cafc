import { createHmac, timingSafeEqual } from 'node:crypto';
import { withoutSlash } from '../fal-client.js';

/** What a webhook's address says about the job it is for. */
export interface WebhookSubject {
  readonly reference: string;
  readonly endpoint: string;
}

/**
 * The address that fal is given with an order:
 * `<publicUrl>/webhooks/fal?for=<reference>&endpoint=<endpoint>&token=<hex>`.
 */
export function createFalWebhookAddress(publicUrl: string, apiKey: string) {
  return (reference: string, endpoint: string): string => {
    const query = new URLSearchParams({
      for: reference,
      endpoint,
      token: token(apiKey, reference, endpoint),
    });
    return `${withoutSlash(publicUrl)}/webhooks/fal?${query}`;
  };
}

/**
 * Whose job a webhook is for, or `null` when the address was not made by us. fal signs for every customer of
 * fal: only the token shows that the request behind it was ours.
 */
export function subjectOf(query: URLSearchParams, apiKey: string): WebhookSubject | null {
  const reference = query.get('for');
  const endpoint = query.get('endpoint');
  const received = query.get('token');
  if (reference === null || endpoint === null || received === null) return null;
  const expected = Buffer.from(token(apiKey, reference, endpoint));
  const given = Buffer.from(received);
  return given.length === expected.length && timingSafeEqual(given, expected)
    ? { reference, endpoint }
    : null;
}

/** A key of its own, so that an address gives away nothing about fal's. */
function token(apiKey: string, reference: string, endpoint: string): string {
  const key = createHmac('sha256', apiKey).update('webhook address').digest();
  return createHmac('sha256', key).update(`${reference}|${endpoint}`).digest('hex');
}
