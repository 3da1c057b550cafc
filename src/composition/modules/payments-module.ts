import { ContainerModule } from 'inversify';
import { BookPayment } from '../../application/payments/book-payment.js';
import { BookRefund } from '../../application/payments/book-refund.js';
import { CancelSubscription } from '../../application/payments/cancel-subscription.js';
import { CheckCheckout } from '../../application/payments/check-checkout.js';
import { CreatePromo } from '../../application/payments/create-promo.js';
import { DescribeAccount } from '../../application/payments/describe-account.js';
import { DescribeMonths } from '../../application/payments/describe-months.js';
import { EndPromo } from '../../application/payments/end-promo.js';
import { ExpireMonths } from '../../application/payments/expire-months.js';
import { NoteSubscription } from '../../application/payments/note-subscription.js';
import { ReconcilePayments } from '../../application/payments/reconcile-payments.js';
import { RedeemPromo } from '../../application/payments/redeem-promo.js';
import { RefundPayment } from '../../application/payments/refund-payment.js';
import { SettleReferrals } from '../../application/payments/settle-referrals.js';
import { TellMoney } from '../../application/payments/tell-money.js';
import { build } from '../build.js';
import { parts, services as s } from '../identifiers.js';

/** Credits for money, as far as the books go. */
export const paymentsModule = new ContainerModule(({ bind }) => {
  build(bind, CheckCheckout, parts('database', 'clock', 'policy', 'sales'));
  build(bind, BookPayment, parts('database', 'clock', 'ids', 'log', 'policy'));
  build(bind, BookRefund, parts('database', 'clock', 'log'));
  build(bind, CreatePromo, parts('database', 'clock', 'secureBytes'));
  build(bind, EndPromo, parts('database', 'clock'));
  build(bind, SettleReferrals, parts('database', 'clock', 'log', 'sales'));
  build(bind, RedeemPromo, parts('database', 'clock', 'policy'));
  build(bind, NoteSubscription, parts('database', 'log'));
  build(bind, DescribeAccount, parts('database', 'clock', 'policy'));
  build(bind, DescribeMonths, parts('database', 'clock'));
  build(bind, ExpireMonths, parts('database', 'clock', 'log'));
});

/** What asks the provider: only where there is one. */
export const takingPaymentsModule = new ContainerModule(({ bind }) => {
  build(bind, CancelSubscription, parts('database', 'payments', 'log'));
  build(bind, RefundPayment, {
    ...parts('database', 'payments', 'clock', 'log', 'sales'),
    cancelSubscription: CancelSubscription,
  });
  build(bind, TellMoney, { ...parts('database', 'clock', 'log'), channel: s.moneyChannel });
  build(bind, ReconcilePayments, {
    ...parts('database', 'payments', 'clock', 'log', 'sales'),
    bookPayment: BookPayment,
    bookRefund: BookRefund,
    refundPayment: RefundPayment,
    cancelSubscription: CancelSubscription,
  });
});
