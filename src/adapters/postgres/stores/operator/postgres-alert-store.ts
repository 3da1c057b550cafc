import { type Kysely, type Selectable, sql } from 'kysely';
import type {
  AlertStore,
  DueAlert,
  KeptTrouble,
} from '../../../../application/ports/stores/operator/alert-store.js';
import type { Trouble } from '../../../../domain/operator/trouble.js';
import type { Tables } from '../../schema/tables.js';
import { isOver } from '../jobs/leased-rows.js';

export class PostgresAlertStore implements AlertStore {
  constructor(private readonly database: Kysely<Tables>) {}

  async note(id: string, { kind, subject, facts }: Trouble, now: Date): Promise<void> {
    const seen = { facts: JSON.stringify(facts), seenAt: now };
    await this.database
      .insertInto('alerts')
      .values({ id, kind, subject, begunAt: now, ...seen })
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

  async take(way: string, now: Date, until: Date): Promise<DueAlert | null> {
    await sql`
      insert into alert_tellings (alert, way, next_try_at)
      select id, ${way}, ${now} from alerts where cleared_at is null
        and not exists (select from alert_tellings where alert = alerts.id and way = ${way})
      on conflict do nothing`.execute(this.database);
    const next = this.database
      .selectFrom('alert_tellings')
      .innerJoin('alerts', 'alerts.id', 'alert')
      .select('alert')
      .where('way', '=', way)
      .where(sql<boolean>`(told = 'nothing' or (told = 'begun' and cleared_at is not null))`)
      .where(isOver(sql`next_try_at`, now))
      .orderBy('nextTryAt')
      .orderBy('begunAt')
      .limit(1)
      .forUpdate('alert_tellings')
      .skipLocked();
    const telling = await this.database
      .updateTable('alert_tellings')
      .set({ nextTryAt: until, tries: sql<number>`tries + 1` })
      .where('way', '=', way)
      .where('alert', '=', next)
      .returning(['alert', 'told', 'tries'])
      .executeTakeFirst();
    if (telling === undefined || telling.told === 'cleared') return null;
    const row = await this.database
      .selectFrom('alerts')
      .selectAll()
      .where('id', '=', telling.alert)
      .executeTakeFirst();
    const { told, tries } = telling;
    return row === undefined ? null : { ...asTrouble(row), way, told, tries };
  }

  async markTold({ id, way, told }: DueAlert, now: Date): Promise<void> {
    await this.database
      .updateTable('alert_tellings')
      .set({ told: told === 'nothing' ? 'begun' : 'cleared', tries: 0, nextTryAt: now })
      .where('alert', '=', id)
      .where('way', '=', way)
      .where('told', '=', told)
      .execute();
  }

  async putOff({ id, way }: DueAlert, nextTryAt: Date): Promise<void> {
    await this.database
      .updateTable('alert_tellings')
      .set({ nextTryAt })
      .where('alert', '=', id)
      .where('way', '=', way)
      .execute();
  }

  async forget(clearedBefore: Date): Promise<number> {
    const { numDeletedRows } = await this.database
      .deleteFrom('alerts')
      .where('clearedAt', '<', clearedBefore)
      .executeTakeFirst();
    return Number(numDeletedRows);
  }
}

const asTrouble = ({
  id,
  kind,
  subject,
  facts,
  begunAt,
  clearedAt,
}: Selectable<Tables['alerts']>): KeptTrouble => ({ id, kind, subject, facts, begunAt, clearedAt });
