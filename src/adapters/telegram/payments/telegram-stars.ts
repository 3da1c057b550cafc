import { Api, GrammyError } from 'grammy';
import type { StarAmount, StarTransaction } from 'grammy/types';
import type {
  CancelAnswer,
  InvoiceWords,
  Payments,
  RefundAnswer,
  Transaction,
} from '../../../application/ports/money/payments.js';
import { type UserId, userId } from '../../../domain/ids.js';
import { type Offer, payloadOf } from '../../../domain/payments/offer.js';
import { thousandths } from '../../../domain/payments/star-books.js';
import { secondsAfter } from '../../../domain/time.js';
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
      const refused = refusalIn(error);
      // Also said to a first refund that was done: tdlib/telegram-bot-api#690.
      return refused.reason.includes('CHARGE_ALREADY_REFUNDED') ? { is: 'refunded' } : refused;
    }
  }

  async cancelSubscription(user: UserId, firstCharge: string): Promise<CancelAnswer> {
    try {
      await this.api.editUserStarSubscription(Number(user), firstCharge, true);
      return { is: 'canceled' };
    } catch (error) {
      return refusalIn(error);
    }
  }

  async transactions(from: number): Promise<readonly Transaction[]> {
    const { transactions } = await this.api.getStarTransactions({ offset: from, limit: transactionsAtOnce });
    return transactions.map(asTransaction);
  }

  async balance(): Promise<number> {
    return inThousandths(await this.api.getMyStarBalance());
  }
}

/** What Telegram definitely will not do. @throws the error, when it may have been done, or be done later */
function refusalIn(error: unknown): { is: 'refused'; reason: string } {
  if (!(error instanceof GrammyError)) throw error;
  if (error.error_code !== 400 || floodWaitOf(error) !== null) throw error;
  return { is: 'refused', reason: error.description };
}

const inThousandths = ({ amount, nanostar_amount: nanos = 0 }: StarAmount): number =>
  amount * thousandths + Math.round(nanos / 1_000_000);

function asTransaction(transaction: StarTransaction): Transaction {
  const { id, amount, date, source, receiver } = transaction;
  const partner = source ?? receiver;
  const isInvoice = partner?.type === 'user' && partner.transaction_type === 'invoice_payment';
  const size = inThousandths(transaction);
  const common = {
    ...{ id, stars: amount, at: new Date(date * 1000) },
    moved: source === undefined ? -size : size,
  };
  if (!isInvoice) return { ...common, kind: 'other', user: null, payload: '', until: null, commission: 0 };
  const { subscription_period: period, affiliate } = partner;
  return {
    ...common,
    kind: source === undefined ? 'refund' : 'payment',
    user: userId(String(partner.user.id)),
    payload: partner.invoice_payload ?? '',
    until: period === undefined ? null : secondsAfter(common.at, period),
    commission: affiliate === undefined ? 0 : Math.abs(inThousandths(affiliate)),
  };
}
