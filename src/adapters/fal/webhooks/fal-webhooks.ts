import { createHash, verify } from 'node:crypto';
import type { Clock } from '../../../application/ports/clock.js';
import type { ProviderEvent, ProviderWebhooks } from '../../../application/ports/provider-webhooks.js';
import { failureIn } from '../fal-errors.js';
import { isRequestId, toTicket } from '../fal-ticket.js';
import { fromWire } from '../fal-wire.js';
import { isRecord, readJson } from '../json.js';
import { FalSigningKeys } from './fal-signing-keys.js';
import { subjectOf, type WebhookSubject } from './fal-webhook-address.js';

interface FalWebhooksSettings {
  /** The key the addresses were made with, see `createFalWebhookAddress`. */
  readonly apiKey: string;
  /** The keys are at `<restUrl>/.well-known/jwks.json`. */
  readonly restUrl: string;
  readonly clock: Clock;
  readonly fetch?: typeof globalThis.fetch | undefined;
}

type WebhookRequest = Parameters<ProviderWebhooks['verify']>[0];
type Verdict = Awaited<ReturnType<ProviderWebhooks['verify']>>;

/** fal says: refuse what is further off. */
const maximumSkewSeconds = 300;

/**
 * Webhooks of fal. Reasons for refusing: `unsigned`, `foreign` (not our address), `stale`, `forged` (the
 * signature fits no key or not these bytes), `malformed` (signed, but not understood).
 */
export class FalWebhooks implements ProviderWebhooks {
  readonly #keys: FalSigningKeys;

  constructor(private readonly settings: FalWebhooksSettings) {
    this.#keys = new FalSigningKeys(settings);
  }

  async verify(request: WebhookRequest): Promise<Verdict> {
    const requestId = request.header('x-fal-webhook-request-id');
    const userId = request.header('x-fal-webhook-user-id');
    const timestamp = request.header('x-fal-webhook-timestamp');
    const signature = request.header('x-fal-webhook-signature');
    if (requestId === undefined || userId === undefined || timestamp === undefined || signature === undefined)
      return refused('unsigned');
    // Before anything that costs: only fal and we know this address.
    const subject = subjectOf(request.query, this.settings.apiKey);
    if (subject === null) return refused('foreign');
    if (!this.#isRecent(timestamp)) return refused('stale');
    const body = await request.body();
    const digest = createHash('sha256').update(body).digest('hex');
    const message = Buffer.from([requestId, userId, timestamp, digest].join('\n'));
    const signed = Buffer.from(signature, 'hex');
    if (!(await this.#keys.some((key) => verify(null, message, key, signed)))) return refused('forged');
    const event = readEvent(body, subject);
    return event === null ? refused('malformed') : { accepted: true, event };
  }

  #isRecent(timestamp: string): boolean {
    if (!/^\d{1,12}$/.test(timestamp)) return false;
    const skew = this.settings.clock.now().getTime() / 1000 - Number(timestamp);
    return Math.abs(skew) <= maximumSkewSeconds;
  }
}

const refused = (reason: string): Verdict => ({ accepted: false, reason });

function readEvent(body: Uint8Array, { reference, endpoint }: WebhookSubject): ProviderEvent | null {
  const content = readJson(new TextDecoder().decode(body));
  if (!isRecord(content)) return null;
  const requestId = content.request_id;
  if (!isRequestId(requestId)) return null;
  const outcome = outcomeOf(content, endpoint);
  return outcome === undefined
    ? null
    : { reference, requestId, ticket: toTicket({ endpoint, requestId }), outcome };
}

/** `null`: the job is over, but how must be asked. `undefined`: no webhook of fal's. */
function outcomeOf(
  content: Readonly<Record<string, unknown>>,
  endpoint: string,
): ProviderEvent['outcome'] | undefined {
  switch (content.status) {
    case 'OK': {
      // With `payload_error` instead of a result, fal could not send it.
      const outcome = fromWire(content.payload, endpoint);
      return outcome.kind === 'done' ? outcome : null;
    }
    case 'ERROR': {
      const failure = failureIn(content.payload) ?? failureIn(content);
      return failure === null ? null : { kind: 'failed', failure };
    }
    default:
      return undefined;
  }
}
