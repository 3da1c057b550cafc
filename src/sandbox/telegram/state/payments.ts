import { randomBytes } from 'node:crypto';
import type { Collection, Journal } from './journal.js';

/** What an invoice asks for. Amounts are whole Stars when the currency is `XTR`. */
export interface InvoiceTerms {
  readonly title: string;
  readonly description: string;
  readonly payload: string;
  readonly currency: string;
  readonly amount: number;
}

export interface Payment {
  readonly chargeId: string;
  readonly personId: number;
  readonly terms: InvoiceTerms;
  /** Seconds since 1970. */
  readonly date: number;
  readonly refunded?: true;
}

/** Invoice links and what was paid. Everybody has all the Stars in the world here. */
export class Payments {
  private readonly links: Collection<InvoiceTerms>;
  private readonly paid: Collection<Payment>;

  constructor(journal: Journal) {
    this.links = journal.collection('invoice_links');
    this.paid = journal.collection('payments');
  }

  createLink(terms: InvoiceTerms): string {
    const slug = randomBytes(12).toString('base64url');
    this.links.set(slug, terms);
    return `https://t.me/$${slug}`;
  }

  /** The invoice behind `https://t.me/$<slug>`. */
  findLink(link: string): InvoiceTerms | undefined {
    return this.links.get(/t\.me\/\$([\w-]+)$/.exec(link)?.[1] ?? '');
  }

  add(payment: Omit<Payment, 'chargeId'>): Payment {
    const chargeId = `stx${randomBytes(24).toString('base64url')}`;
    return this.paid.set(chargeId, { ...payment, chargeId });
  }

  find(chargeId: string): Payment | undefined {
    return this.paid.get(chargeId);
  }

  /** Oldest first. */
  all(): Payment[] {
    return [...this.paid.values()];
  }

  markRefunded(payment: Payment): void {
    this.paid.set(payment.chargeId, { ...payment, refunded: true });
  }
}
