import { createFalWebhookAddress } from '../../../src/adapters/fal/webhooks/fal-webhook-address.js';
import { FalWebhooks } from '../../../src/adapters/fal/webhooks/fal-webhooks.js';
import type { WebhookFault } from '../../../src/sandbox/fal/faults/fault-rule.js';
import { SigningKey } from '../../../src/sandbox/fal/webhooks/signing-key.js';
import { signedMessage } from '../../../src/sandbox/fal/webhooks/webhook-message.js';
import { startTemporaryFal, type TemporaryFal } from '../../sandbox/fal/temporary-fal.js';

export const falKey = 'our-key-id:our-key-secret';
export const endpoint = 'fal-ai/flux-lora';
export const systemClock = { now: () => new Date(), ticks: () => performance.now() / 1000 };

const result = {
  images: [{ url: 'https://fal.media/files/a.png', width: 8, height: 8, content_type: 'image/png' }],
  seed: 42,
  has_nsfw_concepts: [false],
};
const error = { detail: [{ loc: ['body', 'prompt'], msg: 'no', type: 'content_policy_violation' }] };

export interface Sending {
  readonly requestId: string;
  /** Names the job that the address is for. */
  readonly reference: string;
  readonly status?: 'OK' | 'ERROR';
  readonly fault?: WebhookFault;
  /** Changes the address that fal was given. */
  readonly address?: (url: URL) => void;
}

/** A local fal whose keys sign what a test sends, and what judges it. */
export class FalSender {
  private constructor(
    readonly fal: TemporaryFal,
    private readonly key: SigningKey,
  ) {}

  static async start(): Promise<FalSender> {
    const fal = await startTemporaryFal();
    return new FalSender(fal, new SigningKey(fal.folder));
  }

  /** Judges as the production program does, and does not have fal's keys yet. */
  judge(): FalWebhooks {
    return new FalWebhooks({ apiKey: falKey, restUrl: this.fal.restUrl, clock: systemClock });
  }

  /** Sends a webhook as fal does, right in everything that the fault leaves. */
  send(server: string, { requestId, reference, status = 'OK', fault, address }: Sending): Promise<Response> {
    const url = new URL(createFalWebhookAddress(server, falKey)(reference, endpoint));
    address?.(url);
    const payload =
      status === 'OK' ? { payload: result } : { error: 'Invalid status code: 422', payload: error };
    const content = JSON.stringify({
      request_id: requestId,
      gateway_request_id: requestId,
      status,
      ...payload,
    });
    const { body, headers } = signedMessage(requestId, content, this.key, Date.now(), fault);
    return fetch(url, { method: 'POST', body, headers });
  }
}
