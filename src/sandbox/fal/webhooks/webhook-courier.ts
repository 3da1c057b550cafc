import { setTimeout as sleep } from 'node:timers/promises';
import { withDeadline } from '../../with-deadline.js';
import type { WebhookFault } from '../faults/fault-rule.js';
import type { FaultScript } from '../faults/fault-script.js';
import type { LocalFalLogLine } from '../local-fal-options.js';
import type { RequestRecord } from '../queue/request-record.js';
import type { ResultBody } from '../result-body.js';
import type { SigningKey } from './signing-key.js';
import { signedMessage, webhookBody } from './webhook-message.js';

/** fal waits that long for an answer, then it counts as refused. */
const answerMilliseconds = 15_000;

/** `again`: to be sent again later. A redirect is final, as at fal. */
export type Attempt = 'taken' | 'given-up' | 'again';

export interface CourierParts {
  readonly key: SigningKey;
  readonly faults: FaultScript;
  readonly resultBody: ResultBody;
  readonly now: () => number;
  readonly log: ((line: LocalFalLogLine) => void) | undefined;
  /** Ends everything under way when the server closes. */
  readonly signal: AbortSignal;
}

/** Carries the webhook of one ended request to its address, once. */
export class WebhookCourier {
  constructor(private readonly parts: CourierParts) {}

  async attempt(record: RequestRecord, url: string): Promise<Attempt> {
    const { prompt } = record.input;
    const fault = this.parts.faults.strike('webhook', {
      endpoint: record.endpoint,
      requestId: record.id,
      ...(typeof prompt === 'string' ? { prompt } : {}),
    });
    if (fault?.kind === 'missing') {
      this.#note(record, url, 0, 0, fault);
      return 'given-up';
    }
    if (fault?.kind === 'late') {
      await sleep(fault.milliseconds, undefined, { signal: this.parts.signal });
    }
    const first = await this.#post(record, url, fault);
    const copies = fault?.kind === 'duplicate' ? (fault.copies ?? 1) : 0;
    for (let copy = 0; copy < copies; copy += 1) await this.#post(record, url, fault);
    return first;
  }

  async #post(record: RequestRecord, url: string, fault: WebhookFault | undefined): Promise<Attempt> {
    const { key, now, resultBody, signal } = this.parts;
    const begun = performance.now();
    const message = signedMessage(record.id, await webhookBody(record, resultBody), key, now(), fault);
    let status = 0;
    try {
      status = await withDeadline(answerMilliseconds, signal, async (over) => {
        const { body, headers } = message;
        const response = await fetch(url, {
          method: 'POST',
          body,
          headers,
          redirect: 'manual',
          signal: over,
        });
        await response.body?.cancel();
        return response.status;
      });
    } catch {
      // Nobody there, too slow, or closing: whatever it was, the answer to a webhook without 2xx is to send again.
      status = 0;
    }
    this.#note(record, url, status, performance.now() - begun, fault);
    if (status >= 200 && status < 300) return 'taken';
    return status >= 300 && status < 400 ? 'given-up' : 'again';
  }

  #note(
    { endpoint, id }: RequestRecord,
    url: string,
    status: number,
    milliseconds: number,
    fault: WebhookFault | undefined,
  ): void {
    const at = new Date(this.parts.now());
    const struck = fault === undefined ? {} : { fault: fault.kind };
    const path = new URL(url).pathname;
    this.parts.log?.({
      at,
      step: 'webhook',
      method: 'POST',
      path,
      status,
      milliseconds,
      endpoint,
      requestId: id,
      ...struck,
    });
  }
}
