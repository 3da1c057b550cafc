import type { Kysely, Selectable } from 'kysely';
import type { ApiKeyStore } from '../../../../application/ports/stores/api/api-key-store.js';
import type { ApiKey } from '../../../../domain/api-key.js';
import type { UserId } from '../../../../domain/ids.js';
import { secondsAfter } from '../../../../domain/time.js';
import type { Tables } from '../../schema/tables.js';
import { isUuid } from '../uuid.js';

export class PostgresApiKeyStore implements ApiKeyStore {
  constructor(private readonly database: Kysely<Tables>) {}

  async add({ scopes, ...key }: ApiKey): Promise<void> {
    await this.database
      .insertInto('api_keys')
      .values({ ...key, scopes: JSON.stringify(scopes) })
      .execute();
  }

  async find(shown: string): Promise<ApiKey | null> {
    const row = await this.database
      .selectFrom('api_keys')
      .selectAll()
      .where('shown', '=', shown)
      .executeTakeFirst();
    return row ?? null;
  }

  list(owner?: UserId): Promise<ApiKey[]> {
    let query = this.database.selectFrom('api_keys').selectAll();
    if (owner !== undefined) query = query.where('owner', '=', owner);
    return query.orderBy('createdAt', 'desc').orderBy('id').execute() satisfies Promise<
      Selectable<Tables['api_keys']>[]
    >;
  }

  async revoke(id: string, now: Date, owner?: UserId): Promise<boolean> {
    if (!isUuid(id)) return false;
    let query = this.database
      .updateTable('api_keys')
      .set({ revokedAt: now })
      .where('id', '=', id)
      .where('revokedAt', 'is', null);
    if (owner !== undefined) query = query.where('owner', '=', owner);
    return (await query.executeTakeFirst()).numUpdatedRows > 0n;
  }

  async noteUse(id: string, now: Date): Promise<void> {
    await this.database
      .updateTable('api_keys')
      .set({ lastUsedAt: now })
      .where('id', '=', id)
      .where((is) => is.or([is('lastUsedAt', 'is', null), is('lastUsedAt', '<=', secondsAfter(now, -60))]))
      .execute();
  }
}
