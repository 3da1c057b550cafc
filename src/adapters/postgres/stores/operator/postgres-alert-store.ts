import { type Kysely, type Selectable, sql } from 'kysely';
import type { AlertStore, KeptTrouble } from '../../../../application/ports/stores/operator/alert-store.js';
import type { Trouble } from '../../../../domain/operator/trouble.js';
import type { Tables } from '../../schema/tables.js';

export class PostgresAlertStore implements AlertStore {
  constructor(private readonly database: Kysely<Tables>) {}

  async note(id: string, { kind, subject, facts }: Trouble, now: Date): Promise<void> {
    const seen = { facts: JSON.stringify(facts), seenAt: now };
    await this.database
      .insertInto('alerts')
      .values({ id, kind, subject, begunAt: now, nextTryAt: now, ...seen })
      .onConflict((conflict) =>
        conflict.columns(['kind', 'subject']).where('clearedAt', 'is', null).doUpdateSet(seen),
      )
      .execute();
  }

  async clear(unseenSince: Date, now: Date): Promise<number> {
    const { numUpdatedRows } = await this.database
      .updateTable('alerts')
      .set({ clearedAt: now })
      .where('clearedAt', 'is', null)
      .where('seenAt', '<', unseenSince)
      .executeTakeFirst();
    return Number(numUpdatedRows);
  }

  async lasting(): Promise<KeptTrouble[]> {
    const rows = await this.database
      .selectFrom('alerts')
      .selectAll()
      .where('clearedAt', 'is', null)
      .orderBy('begunAt')
      .orderBy('id')
      .execute();
    return rows.map(asTrouble);
  }

  async take(now: Date, until: Date): Promise<KeptTrouble | null> {
    const next = this.database
      .selectFrom('alerts')
      .select('id')
      .where(sql<boolean>`(told = 'nothing' or (told = 'begun' and cleared_at is not null))`)
      .where('nextTryAt', '<=', now)
      .orderBy('nextTryAt')
      .limit(1)
      .forUpdate()
      .skipLocked();
    const row = await this.database
      .updateTable('alerts')
      .set({ nextTryAt: until, tries: sql<number>`tries + 1` })
      .where('id', '=', next)
      .returningAll()
      .executeTakeFirst();
    return row === undefined ? null : asTrouble(row);
  }

  async markTold({ id, told }: KeptTrouble, now: Date): Promise<void> {
    await this.database
      .updateTable('alerts')
      .set({ told: told === 'nothing' ? 'begun' : 'cleared', tries: 0, nextTryAt: now })
      .where('id', '=', id)
      .where('told', '=', told)
      .execute();
  }

  async putOff(id: string, nextTryAt: Date): Promise<void> {
    await this.database.updateTable('alerts').set({ nextTryAt }).where('id', '=', id).execute();
  }

  async forget(clearedBefore: Date): Promise<number> {
    const { numDeletedRows } = await this.database
      .deleteFrom('alerts')
      .where('clearedAt', '<', clearedBefore)
      .executeTakeFirst();
    return Number(numDeletedRows);
  }
}

const asTrouble = ({ seenAt: _, nextTryAt: __, ...row }: Selectable<Tables['alerts']>): KeptTrouble => row;
