import { type Kysely, sql } from 'kysely';
import type { UpdateLog } from '../../application/ports/stores/update-log.js';
import type { Tables } from './tables.js';

export class PostgresUpdateLog implements UpdateLog {
  constructor(private readonly database: Kysely<Tables>) {}

  async claim(source: string, id: number, now: Date, abandonedBefore: Date): Promise<boolean> {
    const { rows } = await sql`
      insert into seen_updates (source, update_id, claimed_at) values (${source}, ${id}, ${now})
      on conflict (source, update_id) do update set claimed_at = ${now}
        where not seen_updates.done and seen_updates.claimed_at < ${abandonedBefore}
      returning 1`.execute(this.database);
    return rows.length === 1;
  }

  async finish(source: string, id: number): Promise<void> {
    await this.database
      .updateTable('seen_updates')
      .set({ done: true })
      .where('source', '=', source)
      .where('update_id', '=', String(id))
      .execute();
  }

  async forget(before: Date): Promise<number> {
    const { numDeletedRows } = await this.database
      .deleteFrom('seen_updates')
      .where('claimed_at', '<', before)
      .executeTakeFirstOrThrow();
    return Number(numDeletedRows);
  }
}
