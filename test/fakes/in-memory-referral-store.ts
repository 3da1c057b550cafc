import type { ReferralStore } from '../../src/application/ports/stores/money/referral-store.js';
import type { UserId } from '../../src/domain/ids.js';
import type { Payment } from '../../src/domain/payments/payment.js';
import type { Referral } from '../../src/domain/payments/referral.js';
import { type Access, requireUser, type State } from './in-memory-state.js';

export class InMemoryReferralStore implements ReferralStore {
  constructor(private readonly access: Access) {}

  add({ friend, by, at }: Pick<Referral, 'friend' | 'by' | 'at'>): Promise<void> {
    return this.access((state) => {
      for (const id of [friend, by]) requireUser(state, id);
      if (friend === by) throw new Error('nobody brings themselves');
      const { referrals } = state.money;
      if (!referrals.has(friend))
        referrals.set(friend, { friend, by, at, charge: null, credits: 0, taken: null });
    });
  }

  find(friend: UserId): Promise<Referral | null> {
    return this.access(({ money }) => money.referrals.get(friend) ?? null);
  }

  broughtBy(by: UserId): Promise<Referral[]> {
    return this.access(({ money }) =>
      [...money.referrals.values()]
        .filter((referral) => referral.by === by)
        .sort((one, other) => Number(one.at) - Number(other.at) || (one.friend < other.friend ? -1 : 1)),
    );
  }

  of(by: UserId): Promise<{ came: number; rewarded: number }> {
    return this.access(({ money }) => {
      const own = [...money.referrals.values()].filter((referral) => referral.by === by);
      const rewarded = own.filter(({ charge, taken }) => charge !== null && taken === null);
      return { came: own.length, rewarded: rewarded.length };
    });
  }

  earned(limit: number): Promise<{ friend: UserId; charge: string }[]> {
    return this.access((state) =>
      sorted(state)
        .filter(({ charge }) => charge === null)
        .flatMap(({ friend }) => {
          const [payment] = earning(state, friend);
          return payment === undefined ? [] : [{ friend, charge: payment.charge }];
        })
        .slice(0, limit),
    );
  }

  reward(friend: UserId, charge: string, credits: number): Promise<Referral | null> {
    return this.access(({ money: { referrals } }) => {
      const row = referrals.get(friend);
      if (row === undefined || row.charge !== null) return null;
      const next = { ...row, charge, credits };
      referrals.set(friend, next);
      return next;
    });
  }

  lost(limit: number): Promise<Referral[]> {
    return this.access((state) => {
      const isGone = (charge: string | null) => {
        const status = charge === null ? undefined : state.money.payments.get(charge)?.status;
        return status === 'refunded' || status === 'charged_back';
      };
      return sorted(state)
        .filter(({ charge, taken }) => taken === null && isGone(charge))
        .slice(0, limit);
    });
  }

  takeBack(friend: UserId, taken: number): Promise<boolean> {
    return this.access(({ money: { referrals } }) => {
      const row = referrals.get(friend);
      if (row === undefined || row.charge === null || row.taken !== null) return false;
      referrals.set(friend, { ...row, taken });
      return true;
    });
  }
}

const sorted = ({ money }: State): Referral[] =>
  [...money.referrals.values()].sort((one, other) => (one.friend < other.friend ? -1 : 1));

/** Paid, and an order was charged for since; the first one first. */
const earning = ({ money, entries }: State, friend: UserId): Payment[] =>
  [...money.payments.values()]
    .filter(({ user, status, credits }) => user === friend && status === 'paid' && credits > 0)
    .filter(({ paidAt }) =>
      entries.some(({ user, kind, at }) => user === friend && kind === 'capture' && at >= paidAt),
    )
    .sort(
      (one, other) => one.paidAt.getTime() - other.paidAt.getTime() || (one.charge < other.charge ? -1 : 1),
    );
