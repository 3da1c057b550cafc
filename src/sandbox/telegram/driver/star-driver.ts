import type { BotSubscriptionUpdated } from 'grammy/types';
import { userOf } from '../people.js';
import type { InvoiceTerms, Payment } from '../state/payments.js';
import type { Subscription } from '../state/subscriptions.js';
import type { World } from '../state/world.js';
import { findInvoice, type PaymentOutcome, type Telling, tellOf } from './paying.js';

/** A subscription as the person sees it in the settings of their client. */
export interface SubscriptionView {
  readonly chargeId: string;
  readonly title: string;
  readonly amount: number;
  /** Seconds since 1970. */
  readonly until: number;
  readonly state: 'active' | 'canceled' | 'over';
}

/** An invoice as the person sees it before they pay. */
export interface InvoiceView {
  readonly title: string;
  readonly description: string;
  readonly currency: string;
  readonly total_amount: number;
  /** It is paid again every month. */
  readonly isMonthly: boolean;
}

export interface ReceiptView extends InvoiceView {
  readonly chargeId: string;
  /** Seconds since 1970. */
  readonly date: number;
  readonly isRefunded: boolean;
  /** Of a subscription: paid for until then. */
  readonly until?: number;
}

/** What happens to Stars outside the chat: months that pass, people who cancel, banks that take money back. */
export class StarDriver {
  constructor(private readonly world: World) {}

  /** What a link asks for. */
  invoiceBehind(link: string): InvoiceView {
    return invoiceView(findInvoice(this.world, 0, link));
  }

  /** What a person paid, oldest first. */
  paymentsOf(personId: number): ReceiptView[] {
    return this.world.payments.of(personId).map(receiptView);
  }

  /** One payment of a person. */
  receipt(personId: number, chargeId: string): ReceiptView {
    const payment = this.world.payments.find(chargeId);
    if (payment?.personId !== personId) throw new Error(`Person ${personId} has no payment ${chargeId}`);
    return receiptView(payment);
  }

  /** The subscriptions of a person, named by the charge id of their first payment. */
  subscriptions(personId: number): SubscriptionView[] {
    return this.world.subscriptions.of(personId).map((subscription) => ({
      chargeId: subscription.firstChargeId,
      title: subscription.terms.title,
      amount: subscription.terms.amount,
      until: subscription.until,
      state: subscription.isOver ? 'over' : subscription.isCanceled ? 'canceled' : 'active',
    }));
  }

  /**
   * Lets the paid month of a subscription pass: it is paid again, under a charge id of its own, unless it was
   * cancelled or the person has no Stars (`canPay: false`); then it is over, and the bot hears of `failed`.
   */
  passMonth(
    firstChargeId: string,
    { told = 'once', canPay = true }: { readonly told?: Telling; readonly canPay?: boolean } = {},
  ): PaymentOutcome {
    const { world } = this;
    const subscription = this.living(firstChargeId);
    const { personId, terms } = subscription;
    if (subscription.isCanceled || !canPay) {
      world.subscriptions.put({ ...subscription, isOver: true });
      if (!subscription.isCanceled) this.tell(subscription, 'failed');
      return { paid: false, reason: subscription.isCanceled ? 'canceled' : 'failed' };
    }
    const until = subscription.until + (terms.subscriptionPeriod ?? 0);
    const date = world.seconds();
    const payment = world.payments.add({ personId, terms, date, subscription: { until, isFirst: false } });
    world.subscriptions.put({ ...subscription, until });
    tellOf(world, payment, told);
    return { paid: true, chargeId: payment.chargeId };
  }

  /** The person ends a subscription: it lasts as long as it is paid for. */
  cancelSubscription(firstChargeId: string): void {
    const subscription = this.living(firstChargeId);
    if (subscription.isCanceled) throw new Error(`Subscription ${firstChargeId} is cancelled already`);
    this.world.subscriptions.put({ ...subscription, isCanceled: true });
    this.tell(subscription, 'canceled');
  }

  /** The person takes that back; not possible where the bot cancelled. */
  resumeSubscription(firstChargeId: string): void {
    const subscription = this.living(firstChargeId);
    if (subscription.isCanceledByBot) throw new Error(`The bot cancelled subscription ${firstChargeId}`);
    if (!subscription.isCanceled) throw new Error(`Subscription ${firstChargeId} is not cancelled`);
    this.world.subscriptions.put({ ...subscription, isCanceled: false });
    this.tell(subscription, 'active');
  }

  /** Whoever sold the Stars takes them back, from the bot: only its books show it. */
  chargeBack(chargeId: string): void {
    const payment = this.world.payments.find(chargeId);
    if (payment === undefined || payment.refunded) throw new Error(`Nothing is left of payment ${chargeId}`);
    this.world.payments.giveBack(payment, this.world.seconds());
  }

  /** The owner of the bot takes out what it earned; a chargeback after that makes the balance negative. */
  withdraw(stars: number): void {
    this.world.payments.withdraw(stars, this.world.seconds());
  }

  private living(firstChargeId: string): Subscription {
    const subscription = this.world.subscriptions.find(firstChargeId);
    if (subscription === undefined || subscription.isOver) {
      throw new Error(`There is no subscription ${firstChargeId}`);
    }
    return subscription;
  }

  /** The bot hears of what the person or their purse did, not of what it did itself. */
  private tell({ personId, terms }: Subscription, state: BotSubscriptionUpdated['state']): void {
    const { world } = this;
    const user = userOf(world.person(personId));
    world.updates.push('subscription', { subscription: { user, invoice_payload: terms.payload, state } });
  }
}

const invoiceView = ({
  title,
  description,
  currency,
  amount,
  subscriptionPeriod,
}: InvoiceTerms): InvoiceView => ({
  title,
  description,
  currency,
  total_amount: amount,
  isMonthly: subscriptionPeriod !== undefined,
});

const receiptView = ({ terms, chargeId, date, refunded, subscription }: Payment): ReceiptView => ({
  ...invoiceView(terms),
  chargeId,
  date,
  isRefunded: refunded ?? false,
  ...(subscription === undefined ? {} : { until: subscription.until }),
});
