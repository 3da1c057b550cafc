import type { ProviderNews } from '../../src/application/ports/provider-webhooks.js';
import type { ReceiptStore } from '../../src/application/ports/stores/jobs/receipt-store.js';
import type { Access } from './in-memory-state.js';

export class InMemoryReceiptStore implements ReceiptStore {
  constructor(private readonly access: Access) {}

  add(news: ProviderNews, now: Date): Promise<boolean> {
    return this.access(({ receipts }) => {
      if (receipts.has(news.requestId)) return false;
      receipts.set(news.requestId, { news, receivedAt: now });
      return true;
    });
  }

  byTicket(ticket: string): Promise<ProviderNews | null> {
    return this.newest((news) => news.ticket === ticket);
  }

  byReference(reference: string): Promise<ProviderNews | null> {
    return this.newest((news) => news.reference === reference);
  }

  private newest(matches: (news: ProviderNews) => boolean): Promise<ProviderNews | null> {
    return this.access(({ receipts }) => {
      const found = [...receipts.values()]
        .filter(({ news }) => matches(news))
        .sort((one, other) => other.receivedAt.getTime() - one.receivedAt.getTime());
      return found[0]?.news ?? null;
    });
  }
}
