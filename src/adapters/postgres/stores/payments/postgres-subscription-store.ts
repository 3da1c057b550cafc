import type { Kysely, Selectable } from 'kysely';
import type { SubscriptionStore } from '../../../../application/ports/stores/money/subscription-store.js';
import type { UserId } from '../../../../domain/ids.js';
import type { OfferRef } from '../../../../domain/payments/offer.js';
import type { Subscription } from '../../../../domain/payments/subscription.js';
import type { Tables } from '../../schema/tables.js';

type SubscriptionRow = Selectable<Tables['subscriptions']>;

export class PostgresSubscriptionStore implements SubscriptionStore {
  constructor(private readonly database: Kysely<Tables>) {}

  async find(user: UserId, offer: OfferRef): Promise<Subscription | null> {
    return asSubscription(await this.of(user, offer).executeTakeFirst());
  }

  async lock(user: UserId, offer: OfferRef): Promise<Subscription | null> {
    return asSubscription(await this.of(user, offer).forNoKeyUpdate().executeTakeFirst());
  }

  private of(user: UserId, { id, version }: OfferRef) {
    return this.database
      .selectFrom('subscriptions')
      .selectAll()
      .where('userId', '=', user)
      .where('offerId', '=', id)
      .where('offerVersion', '=', version);
  }

  async findOwned(id: string, user: UserId): Promise<Subscription | null> {
    const row = await this.database
      .selectFrom('subscriptions')
      .selectAll()
      .where('id', '=', id)
      .where('userId', '=', user)
      .executeTakeFirst();
    return asSubscription(row);
  }

  async list(user: UserId): Promise<Subscription[]> {
    const rows = await this.database
      .selectFrom('subscriptions')
      .selectAll()
      .where('userId', '=', user)
      .orderBy('until', 'desc')
      .orderBy('id')
      .execute();
    return rows.flatMap((row) => asSubscription(row) ?? []);
  }

  async ending(limit: number): Promise<Subscription[]> {
    const rows = await this.database
      .selectFrom('subscriptions')
      .selectAll()
      .where('isEnding', '=', true)
      .orderBy('id')
      .limit(limit)
      .execute();
    return rows.flatMap((row) => asSubscription(row) ?? []);
  }

  async put({ user: userId, offer, id, ...rest }: Subscription): Promise<void> {
    await this.database
      .insertInto('subscriptions')
      .values({ ...rest, id, userId, offerId: offer.id, offerVersion: offer.version })
      .onConflict((conflict) => conflict.columns(['userId', 'offerId', 'offerVersion']).doUpdateSet(rest))
      .execute();
  }
}

function asSubscription(row: SubscriptionRow | undefined): Subscription | null {
  if (row === undefined) return null;
  const { userId, offerId, offerVersion, ...rest } = row;
  return { ...rest, user: userId, offer: { id: offerId, version: offerVersion } };
}
