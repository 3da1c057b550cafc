import { type Kysely, sql } from 'kysely';
import type { FollowUp, FollowUpStore } from '../../../../application/ports/stores/chat/follow-up-store.js';
import type { GenerationId } from '../../../../domain/ids.js';
import type { Tables } from '../../schema/tables.js';
import { isOver } from '../jobs/leased-rows.js';

export class PostgresFollowUpStore implements FollowUpStore {
  constructor(private readonly database: Kysely<Tables>) {}

  async owe({ generation, source, takenAt, hasButtons }: FollowUp): Promise<void> {
    await sql`
      insert into follow_ups (generation, source, taken_at, has_buttons)
      select id, ${source}, ${takenAt}, ${hasButtons} from generations
        where id = ${generation} and status = 'collected'
      on conflict (generation) do update set source = excluded.source, taken_at = excluded.taken_at,
        has_buttons = excluded.has_buttons`.execute(this.database);
  }

  async keep({ generation, takenAt, hasButtons }: FollowUp, now: Date): Promise<FollowUp | null> {
    const row = await this.database
      .updateTable('follow_ups')
      .set({ takenAt: now, hasButtons })
      .where('generation', '=', generation)
      .where('takenAt', '=', takenAt)
      .returningAll()
      .executeTakeFirst();
    return row ?? null;
  }

  async take(source: string, now: Date, untouchedSince: Date, limit: number): Promise<FollowUp[]> {
    const { rows } = await sql<FollowUp>`
      update follow_ups set taken_at = ${now}
      where generation in (
        select follow_ups.generation from follow_ups join generations on generations.id = follow_ups.generation
        where follow_ups.source = ${source} and ${isOver(sql`taken_at`, untouchedSince)} and status = 'delivered'
        order by taken_at limit ${limit} for no key update of follow_ups skip locked
      )
      returning *`.execute(this.database);
    return rows;
  }

  async done(generation: GenerationId): Promise<void> {
    await this.database.deleteFrom('follow_ups').where('generation', '=', generation).execute();
  }
}
