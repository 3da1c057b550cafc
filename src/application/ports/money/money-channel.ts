import type { UserId } from '../../../domain/ids.js';
import type { Payment } from '../../../domain/payments/payment.js';
import type { Subscription } from '../../../domain/payments/subscription.js';
import type { DeliveryReport } from '../transport.js';

/** What a person is told of their money; `balance` is what they have now. */
export type MoneyNotification = { readonly balance: number } & (
  | { readonly kind: 'receipt'; readonly payment: Payment }
  | {
      readonly kind: 'refund';
      readonly payment: Payment;
      /** That it paid for, as it is now. */
      readonly subscription: Subscription | null;
    }
  | { readonly kind: 'reward'; readonly credits: number }
);

export interface MoneyChannel {
  /** @throws DeliveryDelayed, and whatever else says that nobody knows whether it arrived */
  tell(user: UserId, notification: MoneyNotification): Promise<Pick<DeliveryReport, 'kind'>>;
}
