import type { Kysely } from 'kysely';
import type { AccessLinkStore } from '../../../../application/ports/stores/operator/access-link-store.js';
import type { AccessLink } from '../../../../domain/operator/admission.js';
import type { Tables } from '../../schema/tables.js';

export class PostgresAccessLinkStore implements AccessLinkStore {
  constructor(private readonly database: Kysely<Tables>) {}

  async add(link: AccessLink): Promise<void> {
    await this.database.insertInto('access_links').values(link).execute();
  }

  async find(code: string): Promise<AccessLink | null> {
    const row = await this.database
      .selectFrom('access_links')
      .selectAll()
      .where('code', '=', code)
      .executeTakeFirst();
    return row ?? null;
  }

  list(limit: number, liveAt?: Date): Promise<AccessLink[]> {
    const links = this.database
      .selectFrom('access_links')
      .selectAll()
      .orderBy('createdAt', 'desc')
      .orderBy('code')
      .limit(limit);
    if (liveAt === undefined) return links.execute();
    return links
      .where('endedAt', 'is', null)
      .where('until', '>=', liveAt)
      .whereRef('used', '<', 'uses')
      .execute();
  }

  async count(): Promise<number> {
    const { links } = await this.database
      .selectFrom('access_links')
      .select(({ fn }) => fn.countAll<string>().as('links'))
      .executeTakeFirstOrThrow();
    return Number(links);
  }

  async end(code: string, now: Date): Promise<boolean> {
    const { numUpdatedRows } = await this.database
      .updateTable('access_links')
      .set({ endedAt: now })
      .where('code', '=', code)
      .where('endedAt', 'is', null)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  async use(code: string, now: Date): Promise<boolean> {
    const { numUpdatedRows } = await this.database
      .updateTable('access_links')
      .set((is) => ({ used: is('used', '+', 1) }))
      .where('code', '=', code)
      .where('endedAt', 'is', null)
      .where('until', '>=', now)
      .whereRef('used', '<', 'uses')
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  async clear(): Promise<void> {
    await this.database.deleteFrom('access_links').execute();
  }
}
