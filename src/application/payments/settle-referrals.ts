import type { UserId } from '../../domain/ids.js';
import { leftOfReward, type Referral, reward, rewardTakenBack } from '../../domain/payments/referral.js';
import { attempt } from '../input/deferred-refusal.js';
import type { Sales } from '../policy/sales.js';
import type { Needs } from '../ports/needs.js';

const atOnce = 50;

type Parts = Needs<'referrals' | 'payments' | 'moneyMessages' | 'ledger', 'clock' | 'log'> & {
  readonly sales: Sales;
};

/**
 * Rewards whoever brought a friend, with the friend's first order after a payment, and takes the reward back with that
 * payment. Beside the orders and not in them: accepting one is the busiest write there is, and nobody waits for a reward.
 */
export class SettleReferrals {
  constructor(private readonly parts: Parts) {}

  async execute(): Promise<void> {
    const { database, sales, log } = this.parts;
    const { referrals } = database.stores;
    const earned = sales.referralCredits === 0 ? [] : await referrals.earned(atOnce);
    // The ledger may refuse one: spent at the same moment, or more than an account can hold. It is looked at again.
    const settle = async (friend: UserId, work: () => Promise<void>) => {
      const settled = await attempt(work);
      if ('refused' in settled) log.info('a reward is settled later', { friend, error: settled.refused });
    };
    for (const { friend, charge } of earned) await settle(friend, () => this.reward(friend, charge));
    for (const referral of await referrals.lost(atOnce))
      await settle(referral.friend, () => this.takeBack(referral));
  }

  private async reward(friend: UserId, charge: string): Promise<void> {
    const { database, clock, sales } = this.parts;
    await database.transaction(async ({ payments, referrals, moneyMessages, ledger }) => {
      // A refund that begins now waits for this, and is seen the next time.
      if ((await payments.lock(charge))?.status !== 'paid') return;
      const referral = await referrals.reward(friend, charge, sales.referralCredits);
      if (referral === null) return;
      const now = clock.now();
      await ledger.write([reward(referral)], now);
      await moneyMessages.add({ kind: 'reward', subject: friend, user: referral.by }, now);
    });
  }

  private async takeBack(referral: Referral): Promise<void> {
    const { database, clock } = this.parts;
    await database.transaction(async ({ referrals, ledger }) => {
      const { balance } = await ledger.lock(referral.by);
      const left = leftOfReward(referral, balance);
      if (await referrals.takeBack(referral.friend, left))
        await ledger.write(rewardTakenBack(referral, left), clock.now());
    });
  }
}
