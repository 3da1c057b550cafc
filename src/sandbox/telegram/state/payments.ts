import { randomBytes } from 'node:crypto';
import type { Collection, Journal } from './journal.js';

/** What an invoice asks for. Amounts are whole Stars when the currency is `XTR`. */
export interface InvoiceTerms {
  readonly title: string;
  readonly description: string;
  readonly payload: string;
  readonly currency: string;
  readonly amount: number;
  /** Seconds after which the same is paid again; a single payment when missing. */
  readonly subscriptionPeriod?: number;
}

export interface Payment {
  readonly chargeId: string;
  readonly personId: number;
  readonly terms: InvoiceTerms;
  /** Seconds since 1970. */
  readonly date: number;
  /** The Stars went back to the person: the bot gave them, or whoever sold the Stars took them. */
  readonly refunded?: true;
  /** What an affiliate gets of each 1000 Stars. */
  readonly commissionPerMille?: number;
  /** Of a subscription: until when it paid for it, and whether it was the first time. */
  readonly subscription?: { readonly until: number; readonly isFirst: boolean };
}

/** One line of Telegram's books. A payment and its way back have the same charge id. */
export type StarMovement =
  | { readonly kind: 'paid' | 'returned'; readonly chargeId: string; readonly date: number }
  | { readonly kind: 'withdrawn'; readonly id: string; readonly amount: number; readonly date: number };

/** Invoice links, what was paid, and the books of it. Everybody has all the Stars in the world here. */
export class Payments {
  private readonly links: Collection<InvoiceTerms>;
  private readonly paid: Collection<Payment>;
  private readonly books: Collection<StarMovement>;

  constructor(journal: Journal) {
    this.links = journal.collection('invoice_links');
    this.paid = journal.collection('payments');
    this.books = journal.collection('star_movements');
    // What an older folder, or a kill between the two lines, has not entered.
    for (const payment of this.paid.values()) this.enter(payment);
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
    const chargeId = newChargeId();
    const added = this.paid.set(chargeId, { ...payment, chargeId });
    this.enter(added);
    return added;
  }

  find(chargeId: string): Payment | undefined {
    return this.paid.get(chargeId);
  }

  /** Oldest first. */
  of(personId: number): Payment[] {
    return [...this.paid.values()].filter((payment) => payment.personId === personId);
  }

  /** The Stars go back to whoever paid. */
  giveBack(payment: Payment, date: number): void {
    this.enter(this.paid.set(payment.chargeId, { ...payment, refunded: true }), date);
  }

  /** The owner of the bot takes Stars out. */
  withdraw(amount: number, date: number): void {
    const id = newChargeId();
    this.books.set(id, { kind: 'withdrawn', id, amount, date });
  }

  /** Oldest first; `amount` is below zero for what left the bot. */
  movements(): { readonly movement: StarMovement; readonly amount: number }[] {
    return [...this.books.values()].map((movement) => ({ movement, amount: this.signed(movement) }));
  }

  private signed(movement: StarMovement): number {
    if (movement.kind === 'withdrawn') return -movement.amount;
    const payment = this.paid.get(movement.chargeId);
    const amount = (payment?.terms.amount ?? 0) - (payment === undefined ? 0 : commissionOf(payment));
    return movement.kind === 'paid' ? amount : -amount;
  }

  /** Writes what the books do not have yet; other money than Stars is none of their business. */
  private enter({ chargeId, date, refunded, terms }: Payment, returnedAt = date): void {
    if (terms.currency !== 'XTR') return;
    const write = (kind: 'paid' | 'returned', at: number) => {
      const key = `${kind}:${chargeId}`;
      if (this.books.get(key) === undefined) this.books.set(key, { kind, chargeId, date: at });
    };
    write('paid', date);
    if (refunded) write('returned', returnedAt);
  }
}

/** Stars, in thousandths at the finest. */
export const commissionOf = ({ terms, commissionPerMille = 0 }: Payment): number =>
  (terms.amount * commissionPerMille) / 1000;

const newChargeId = (): string => `stx${randomBytes(24).toString('base64url')}`;
