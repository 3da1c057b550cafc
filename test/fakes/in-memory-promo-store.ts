import type { PromoStore, RedeemedCode } from '../../src/application/ports/stores/money/promo-store.js';
import type { UserId } from '../../src/domain/ids.js';
import type { Promo, WaitingBonus } from '../../src/domain/payments/promo.js';
import { type Access, requireUser, type State } from './in-memory-state.js';

export class InMemoryPromoStore implements PromoStore {
  constructor(private readonly access: Access) {}

  add(promo: Promo): Promise<boolean> {
    return this.access(({ money: { promos } }) => {
      if (promos.has(promo.code)) return false;
      promos.set(promo.code, promo);
      return true;
    });
  }

  find(code: string): Promise<Promo | null> {
    return this.access(({ money }) => money.promos.get(code) ?? null);
  }

  list(limit: number): Promise<Promo[]> {
    return this.access(({ money }) =>
      [...money.promos.values()]
        .sort(
          (one, other) =>
            other.createdAt.getTime() - one.createdAt.getTime() || (one.code < other.code ? 1 : -1),
        )
        .slice(0, limit),
    );
  }

  count(): Promise<number> {
    return this.access(({ money }) => money.promos.size);
  }

  end(code: string, now: Date): Promise<boolean> {
    return this.access(({ money: { promos } }) => {
      const promo = promos.get(code);
      if (promo === undefined) return false;
      promos.set(code, { ...promo, endedAt: promo.endedAt ?? now });
      return true;
    });
  }

  redeem({ code, percent }: Pick<Promo, 'code' | 'percent'>, user: UserId, at: Date): Promise<boolean> {
    return this.access((state) => {
      requireUser(state, user);
      const { promos, redemptions } = state.money;
      if (!promos.has(code)) throw new Error(`there is no promo code ${code}`);
      if (redemptions.has(`${code} ${user}`)) return false;
      if (percent !== null && waitingOf(state, user) !== null) return false;
      redemptions.set(`${code} ${user}`, { at, percent, charge: null });
      return true;
    });
  }

  has(code: string, user: UserId): Promise<boolean> {
    return this.access(({ money }) => money.redemptions.has(`${code} ${user}`));
  }

  waiting(user: UserId): Promise<WaitingBonus | null> {
    return this.access((state) => waitingOf(state, user));
  }

  spend(code: string, user: UserId, charge: string): Promise<boolean> {
    return this.access(({ money: { payments, redemptions } }) => {
      if (!payments.has(charge)) throw new Error(`there is no payment ${charge}`);
      const row = redemptions.get(`${code} ${user}`);
      if (row === undefined || row.charge !== null) return false;
      redemptions.set(`${code} ${user}`, { ...row, charge });
      return true;
    });
  }

  redeemed(user: UserId): Promise<RedeemedCode[]> {
    return this.access(({ money: { promos, redemptions } }) =>
      [...redemptions]
        .map(([key, row]) => ({ promo: promos.get(key.split(' ')[0] ?? ''), whose: key.split(' ')[1], row }))
        .flatMap(({ promo, whose, row }) =>
          promo === undefined || whose !== user ? [] : [{ code: promo.shown, ...row }],
        )
        .sort((one, other) => Number(one.at) - Number(other.at) || (one.code < other.code ? -1 : 1)),
    );
  }

  use(code: string, now: Date): Promise<boolean> {
    return this.access(({ money: { promos } }) => {
      const promo = promos.get(code);
      if (promo === undefined || promo.endedAt !== null) return false;
      if (promo.uses !== null && promo.used >= promo.uses) return false;
      if (promo.until !== null && promo.until < now) return false;
      promos.set(code, { ...promo, used: promo.used + 1 });
      return true;
    });
  }
}

function waitingOf({ money }: State, user: UserId): WaitingBonus | null {
  for (const [key, { percent, charge }] of money.redemptions) {
    const [code = '', whose] = key.split(' ');
    if (whose === user && percent !== null && charge === null) return { code, percent };
  }
  return null;
}
