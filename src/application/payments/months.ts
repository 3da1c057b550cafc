import type { UserId } from '../../domain/ids.js';
import { type Lot, leftOfMonth, lotsOf } from '../../domain/payments/lots.js';
import { purchaseOf } from '../../domain/payments/payment.js';
import type { Stores } from '../ports/stores/stores.js';

/** The lots of a person that will expire and hold something still, each with what would go now. */
export async function expiringOf(
  { payments, ledger }: Pick<Stores, 'payments'> & { ledger: Pick<Stores['ledger'], 'spentSince'> },
  user: UserId,
  balance: number,
): Promise<Lot[]> {
  const lots = lotsOf(await payments.list(user), balance);
  const expiring = lots.filter(({ payment, left }) => payment.expiresAt !== null && left > 0);
  return Promise.all(
    expiring.map(async (lot) => ({
      ...lot,
      left: leftOfMonth(lot, await ledger.spentSince(purchaseOf(lot.payment.charge))),
    })),
  );
}
