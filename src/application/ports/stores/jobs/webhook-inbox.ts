import type { ProviderEvent } from '../../provider-webhooks.js';

/** Webhooks that were accepted, kept until their job has use for them: they may come before the submit's answer. */
export interface WebhookInbox {
  /** False when this request id was reported before. */
  add(event: ProviderEvent, now: Date): Promise<boolean>;
  byTicket(ticket: string): Promise<ProviderEvent | null>;
  /** The newest for this reference. */
  byReference(reference: string): Promise<ProviderEvent | null>;
}
