import type { ProviderNews } from '../../provider-webhooks.js';

/** Webhooks that were accepted, kept until their job has use for them: they may come before the submit's answer. */
export interface ReceiptStore {
  /** False when this request id was reported before. */
  add(news: ProviderNews, now: Date): Promise<boolean>;
  byTicket(ticket: string): Promise<ProviderNews | null>;
  /** The newest for this reference. */
  byReference(reference: string): Promise<ProviderNews | null>;
}
