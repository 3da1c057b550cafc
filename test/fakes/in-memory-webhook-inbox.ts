import type { ProviderEvent } from '../../src/application/ports/provider-webhooks.js';
import type { WebhookInbox } from '../../src/application/ports/stores/jobs/webhook-inbox.js';
import type { Access } from './in-memory-state.js';

export class InMemoryWebhookInbox implements WebhookInbox {
  constructor(private readonly access: Access) {}

  add(event: ProviderEvent, now: Date): Promise<boolean> {
    return this.access(({ webhookInbox }) => {
      if (webhookInbox.has(event.requestId)) return false;
      webhookInbox.set(event.requestId, { event, receivedAt: now });
      return true;
    });
  }

  byTicket(ticket: string): Promise<ProviderEvent | null> {
    return this.newest((event) => event.ticket === ticket);
  }

  byReference(reference: string): Promise<ProviderEvent | null> {
    return this.newest((event) => event.reference === reference);
  }

  private newest(matches: (event: ProviderEvent) => boolean): Promise<ProviderEvent | null> {
    return this.access(({ webhookInbox }) => {
      const found = [...webhookInbox.values()]
        .filter(({ event }) => matches(event))
        .sort((one, other) => other.receivedAt.getTime() - one.receivedAt.getTime());
      return found[0]?.event ?? null;
    });
  }
}
