import type {
  CancelAnswer,
  Payments,
  RefundAnswer,
  Transaction,
} from '../../src/application/ports/money/payments.js';
import type { UserId } from '../../src/domain/ids.js';
import { type Offer, payloadOf } from '../../src/domain/payments/offer.js';

const pageSize = 100;

/** A provider whose books a test writes in. */
export class FakePayments implements Payments {
  readonly books: Transaction[] = [];
  /** What the next refunds answer, before anything is done; `silent`: it is done, and nobody hears of it. */
  readonly answers: (RefundAnswer | Error | 'silent')[] = [];
  readonly refunds: string[] = [];
  /** The same for subscriptions. */
  readonly cancelAnswers: (CancelAnswer | Error)[] = [];
  readonly cancelled: string[] = [];

  async invoice(offer: Offer): Promise<string> {
    return `https://example.org/invoice/${payloadOf(offer)}`;
  }

  async refund(_user: UserId, charge: string): Promise<RefundAnswer> {
    this.refunds.push(charge);
    const answer = this.answers.shift();
    if (answer instanceof Error) throw answer;
    if (answer !== undefined && answer !== 'silent') return answer;
    if (!this.books.some(({ id, kind }) => id === charge && kind === 'refund')) this.takeBack(charge);
    if (answer === 'silent') throw new Error('the line is dead');
    return { is: 'refunded' };
  }

  async cancelSubscription(_user: UserId, firstCharge: string): Promise<CancelAnswer> {
    this.cancelled.push(firstCharge);
    const answer = this.cancelAnswers.shift();
    if (answer instanceof Error) throw answer;
    return answer ?? { is: 'canceled' };
  }

  /** All that is in the books, unless a test says otherwise. */
  balanceIs: number | Error | null = null;

  async balance(): Promise<number> {
    if (this.balanceIs instanceof Error) throw this.balanceIs;
    return this.balanceIs ?? this.books.reduce((total, { moved }) => total + moved, 0);
  }

  async transactions(from: number): Promise<readonly Transaction[]> {
    return this.books.slice(from, from + pageSize);
  }

  pay(
    charge: string,
    user: UserId,
    offer: Pick<Offer, 'id' | 'version' | 'stars'>,
    at: Date,
    { until = null, commission = 0 }: { until?: Date | null; commission?: number } = {},
  ): void {
    const { stars } = offer;
    this.books.push({
      ...{ id: charge, kind: 'payment', user, payload: payloadOf(offer), stars, at, until },
      ...{ commission, moved: stars * 1000 },
    });
  }

  /** Gives a payment back, by whomever. */
  takeBack(charge: string): void {
    const paid = this.books.find(({ id, kind }) => id === charge && kind === 'payment');
    if (paid !== undefined) this.books.push({ ...paid, kind: 'refund', moved: -paid.moved });
  }
}
