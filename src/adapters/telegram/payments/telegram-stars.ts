import { Api, GrammyError } from 'grammy';
import type { StarTransaction } from 'grammy/types';
import type {
  InvoiceWords,
  Payments,
  RefundAnswer,
  Transaction,
} from '../../../application/ports/money/payments.js';
import { type UserId, userId } from '../../../domain/ids.js';
import { type Offer, payloadOf } from '../../../domain/payments/offer.js';
import { floodWaitOf } from '../telegram-errors.js';

/** The only period that Telegram takes: thirty days, in seconds. */
const month = 2_592_000;
/** Telegram takes 100 at most. */
const transactionsAtOnce = 100;

/** Nobody waits in a chat for these. */
const patienceSeconds = 30;

export const starsApi = ({ token, url }: { readonly token: string; readonly url: string }): Api =>
  new Api(token, { apiRoot: url, timeoutSeconds: patienceSeconds });

/** Telegram Stars: https://core.telegram.org/bots/payments-stars */
export class TelegramStars implements Payments {
  /** An invoice link may be used by anybody, any number of times: one for each offer and language is enough. */
  private readonly links = new Map<string, Promise<string>>();

  constructor(private readonly api: Api) {}

  invoice(offer: Offer, words: InvoiceWords): Promise<string> {
    const key = JSON.stringify([payloadOf(offer), words]);
    const known = this.links.get(key);
    if (known !== undefined) return known;
    const made = this.makeLink(offer, words);
    this.links.set(key, made);
    // One that failed is asked for again.
    made.catch(() => this.links.delete(key));
    return made;
  }

  private makeLink(offer: Offer, { title, about }: InvoiceWords): Promise<string> {
    const prices = [{ label: title, amount: offer.stars }];
    const period = offer.kind === 'month' ? { subscription_period: month } : {};
    return this.api.createInvoiceLink(title, about, payloadOf(offer), '', 'XTR', prices, period);
  }

  async refund(user: UserId, charge: string): Promise<RefundAnswer> {
    try {
      await this.api.refundStarPayment(Number(user), charge);
      return { is: 'refunded' };
    } catch (error) {
      if (!(error instanceof GrammyError)) throw error;
      const { error_code: code, description } = error;
      // Also said to a first refund that was done: tdlib/telegram-bot-api#690.
      if (description.includes('CHARGE_ALREADY_REFUNDED')) return { is: 'refunded' };
      if (code !== 400 || floodWaitOf(error) !== null) throw error;
      return { is: 'refused', reason: description };
    }
  }

  async transactions(from: number): Promise<readonly Transaction[]> {
    const { transactions } = await this.api.getStarTransactions({ offset: from, limit: transactionsAtOnce });
    return transactions.map(asTransaction);
  }
}

function asTransaction({ id, amount, date, source, receiver }: StarTransaction): Transaction {
  const partner = source ?? receiver;
  const isInvoice = partner?.type === 'user' && partner.transaction_type === 'invoice_payment';
  const common = { id, stars: amount, at: new Date(date * 1000) };
  if (!isInvoice) return { ...common, kind: 'other', user: null, payload: '' };
  return {
    ...common,
    kind: source === undefined ? 'refund' : 'payment',
    user: userId(String(partner.user.id)),
    payload: partner.invoice_payload ?? '',
  };
}
