import { monthOver } from '../../domain/payments/payment.js';
import type { Needs } from '../ports/needs.js';
import type { Stores } from '../ports/stores/stores.js';
import { expiringOf } from './months.js';

const monthsAtOnce = 50;

/** Takes what is left of months that are over, where the offer says that it goes with the month. */
export class ExpireMonths {
  constructor(private readonly parts: Needs<'payments' | 'ledger', 'clock' | 'log'>) {}

  /** Returns how many months ended. */
  async execute(): Promise<number> {
    const { database, clock, log } = this.parts;
    const over = await database.stores.payments.over(clock.now(), monthsAtOnce);
    for (const { charge } of over) await database.transaction((stores) => this.end(stores, charge));
    if (over.length > 0) log.info('months that were paid for are over', { months: over.length });
    return over.length;
  }

  private async end(stores: Pick<Stores, 'payments' | 'ledger'>, charge: string): Promise<void> {
    const payment = await stores.payments.lock(charge);
    if (payment === null) return;
    // What is left must not change between this look and the entry. Given back or ended meanwhile, it holds nothing.
    const { balance } = await stores.ledger.lock(payment.user);
    const lots = await expiringOf(stores, payment.user, balance);
    const left = lots.find((lot) => lot.payment.charge === charge)?.left ?? 0;
    await stores.ledger.write(monthOver(payment, left), this.parts.clock.now());
    await stores.payments.expire(charge, left);
  }
}
