import type { Payment } from '../../../domain/payments/payment.js';
import { type PayWaits, unansweredSince, waitsWith } from '../../../domain/payments/waiting-payment.js';
import type { Needs } from '../../ports/needs.js';

export interface WaitingPayment {
  readonly payment: Payment;
  readonly waits: PayWaits;
}

/** Payments that wait for an operator, oldest first. */
export class ListWaitingPayments {
  constructor(private readonly parts: Needs<'payments', 'clock'>) {}

  async execute(limit: number): Promise<WaitingPayment[]> {
    const { database, clock } = this.parts;
    const now = clock.now();
    const waiting = await database.stores.payments.waiting(unansweredSince(now), limit);
    return waiting.flatMap((payment) => {
      const waits = waitsWith(payment, now);
      return waits === null ? [] : [{ payment, waits }];
    });
  }
}
