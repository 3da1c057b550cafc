import type { UserId } from '../../../../domain/ids.js';

/**
 * Something that a person is still to be told of their money. `receipt`: of a payment. `refund`: how giving one back ended,
 * or that it was taken away. `reward`: for a friend. Whatever it says is looked up when it is told.
 */
export interface MoneyMessage {
  readonly kind: 'receipt' | 'refund' | 'reward';
  /** The charge of the payment, or the friend. */
  readonly subject: string;
  readonly user: UserId;
}

export interface OwedMoneyMessage extends MoneyMessage {
  readonly createdAt: Date;
  /** How often it was taken, this time included. */
  readonly tries: number;
}

export interface MoneyMessageStore {
  /** It is owed from `due` on; nothing new where it is owed already. */
  add(message: MoneyMessage, now: Date, due?: Date): Promise<void>;
  /** One that is due, of this person where one is named. Until `until` it is the caller's alone. */
  take(now: Date, until: Date, user?: UserId): Promise<OwedMoneyMessage | null>;
  /** What this person is owed, due or not, oldest first. */
  owed(user: UserId): Promise<OwedMoneyMessage[]>;
  putOff(message: MoneyMessage, nextTryAt: Date): Promise<void>;
  /** It was said, or there is nothing to say. */
  remove(message: Pick<MoneyMessage, 'kind' | 'subject'>): Promise<void>;
}
