import type { UserId } from '../../domain/ids.js';
import { type Lot, leftOfMonth, lotsOf } from '../../domain/payments/lots.js';
import { purchaseOf } from '../../domain/payments/payment.js';
import type { Stores } from '../ports/stores/stores.js';

/** What of somebody's credits goes with a month that they paid for. */
export interface ExpiringCredits {
  readonly credits: number;
  readonly at: Date;
}

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

/** The next to go first. */
export async function expiringCredits(...of: Parameters<typeof expiringOf>): Promise<ExpiringCredits[]> {
  const lots = await expiringOf(...of);
  return lots
    .flatMap(({ payment, left }) =>
      left === 0 || payment.expiresAt === null ? [] : [{ credits: left, at: payment.expiresAt }],
    )
    .sort((one, other) => one.at.getTime() - other.at.getTime());
}
