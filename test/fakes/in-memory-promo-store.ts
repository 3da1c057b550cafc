import type { PromoStore } from '../../src/application/ports/stores/promo-store.js';
import type { UserId } from '../../src/domain/ids.js';
import type { Promo } from '../../src/domain/payments/promo.js';
import { type Access, requireUser } from './in-memory-state.js';

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

  list(): Promise<Promo[]> {
    return this.access(({ money }) =>
      [...money.promos.values()].sort(
        (one, other) =>
          other.createdAt.getTime() - one.createdAt.getTime() || (one.code < other.code ? 1 : -1),
      ),
    );
  }

  end(code: string, now: Date): Promise<boolean> {
    return this.access(({ money: { promos } }) => {
      const promo = promos.get(code);
      if (promo === undefined) return false;
      promos.set(code, { ...promo, endedAt: promo.endedAt ?? now });
      return true;
    });
  }

  redeem(code: string, user: UserId, now: Date): Promise<boolean> {
    return this.access((state) => {
      requireUser(state, user);
      const { promos, redemptions } = state.money;
      if (!promos.has(code)) throw new Error(`there is no promo code ${code}`);
      if (redemptions.has(`${code} ${user}`)) return false;
      redemptions.set(`${code} ${user}`, now);
      return true;
    });
  }

  redeemed(user: UserId): Promise<{ code: string; at: Date }[]> {
    return this.access(({ money: { promos, redemptions } }) =>
      [...redemptions]
        .map(([key, at]) => ({ promo: promos.get(key.split(' ')[0] ?? ''), whose: key.split(' ')[1], at }))
        .flatMap(({ promo, whose, at }) =>
          promo === undefined || whose !== user ? [] : [{ code: promo.shown, at }],
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
