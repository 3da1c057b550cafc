import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock } from '../../../../src/adapters/system/system-clock.js';
import { giveBackButton } from '../../../../src/adapters/telegram/buttons/payment-buttons.js';
import { starsApi, TelegramStars } from '../../../../src/adapters/telegram/payments/telegram-stars.js';
import { CancelSubscription } from '../../../../src/application/payments/cancel-subscription.js';
import { RefundPayment } from '../../../../src/application/payments/refund-payment.js';
import { DomainError } from '../../../../src/domain/errors.js';
import { silentLogger } from '../../../adapters/fal/silent-logger.js';
import type { World } from '../world.js';
import { callTelegram } from './books.js';
import type { WayBack } from './payment-audit.js';

export type WaysBack = Readonly<Record<WayBack, (person: number, charge: string) => Promise<void>>>;

/** How Stars go back. Each resolves once it was asked for, whatever comes of it. */
export function waysBack(world: World): WaysBack {
  const { telegram, database } = world;
  const { drive } = telegram;
  const payments = new TelegramStars(starsApi(telegram));
  const log = silentLogger;
  const refund = new RefundPayment({
    ...{ database, payments, log, clock: systemClock },
    cancelSubscription: new CancelSubscription({ database, payments, log }),
    sales: { offers: [], refundDays: 14, referralCredits: 0 },
  });
  return {
    /** Taps under the receipt, twice, as people do. One that went back meanwhile has nothing to tap. */
    async owner(person, charge) {
      const back = giveBackButton.data({ payment: await kept(world, charge) });
      const receipt = () =>
        drive.messages(person).find(({ buttons }) => buttons.flat().some(({ data }) => data === back));
      let shown = receipt();
      while (shown === undefined) {
        if ((await statusOf(world, charge)) !== 'paid') return;
        await sleep(200);
        shown = receipt();
      }
      await Promise.all([drive.tap(person, shown.id, back), drive.tap(person, shown.id, back)]);
    },
    /** Asks until there is an answer, as somebody at a command line would. */
    async operator(_, charge) {
      await kept(world, charge);
      for (;;)
        try {
          await refund.execute(charge, null);
          return;
        } catch (error) {
          if (error instanceof DomainError) return;
          // The database is away.
          await sleep(500);
        }
    },
    /** Another program under the same token. */
    async outside(person, charge) {
      const parameters = { user_id: person, telegram_payment_charge_id: charge };
      await callTelegram(telegram, 'refundStarPayment', parameters).catch((error: unknown) => {
        if (!/CHARGE_ALREADY_REFUNDED|PAYMENT_REFUND_FAILED/.test(String(error))) throw error;
      });
    },
    async bank(person, charge) {
      if (!drive.stars.receipt(person, charge).isRefunded) drive.stars.chargeBack(charge);
    },
  };
}

/** The id of a payment, once the program knows of it. */
async function kept(world: World, charge: string): Promise<string> {
  for (;;) {
    const payment = await paymentOf(world, charge);
    if (payment !== undefined) return payment.id;
    await sleep(200);
  }
}

/** While the database is away a payment is what it was. */
const statusOf = async (world: World, charge: string): Promise<string> =>
  (await paymentOf(world, charge))?.status ?? 'paid';

const paymentOf = ({ pool }: World, charge: string) =>
  pool
    .query<{ id: string; status: string }>('select id, status from payments where charge = $1', [charge])
    .then(({ rows }) => rows[0])
    // The database is away.
    .catch(() => undefined);
