import { type Kysely, type Selectable, sql } from 'kysely';
import type {
  JobMessage,
  JobMessageStore,
} from '../../../../application/ports/stores/chat/job-message-store.js';
import type { GenerationId } from '../../../../domain/ids.js';
import type { Tables } from '../../schema/tables.js';

export class PostgresJobMessageStore implements JobMessageStore {
  constructor(private readonly database: Kysely<Tables>) {}

  async remember({ generation, ...place }: JobMessage, now: Date): Promise<void> {
    const columns = { ...place, shownAt: now };
    await this.database
      .insertInto('job_messages')
      .values({ generation, ...columns })
      .onConflict((conflict) => conflict.column('generation').doUpdateSet(columns))
      .execute();
  }

  async find(generation: GenerationId): Promise<JobMessage | null> {
    const row = await this.database
      .selectFrom('job_messages')
      .selectAll()
      .where('generation', '=', generation)
      .executeTakeFirst();
    return row === undefined ? null : toJobMessage(row);
  }

  async takeTurn(generation: GenerationId, now: Date, shownBefore: Date): Promise<JobMessage | null> {
    const row = await this.database
      .updateTable('job_messages')
      .set({ shownAt: now })
      .where('generation', '=', generation)
      .where('shownAt', '<=', shownBefore)
      .returningAll()
      .executeTakeFirst();
    return row === undefined ? null : toJobMessage(row);
  }

  async takeTurns(source: string, now: Date, shownBefore: Date, limit: number): Promise<JobMessage[]> {
    const { rows } = await sql<Selectable<Tables['job_messages']>>`
      update job_messages set shown_at = ${now}
      where generation in (
        select generation from job_messages where source = ${source} and shown_at <= ${shownBefore}
        order by shown_at limit ${limit} for no key update skip locked
      )
      returning *`.execute(this.database);
    return rows.map(toJobMessage);
  }

  async remove(generation: GenerationId): Promise<JobMessage | null> {
    const row = await this.database
      .deleteFrom('job_messages')
      .where('generation', '=', generation)
      .returningAll()
      .executeTakeFirst();
    return row === undefined ? null : toJobMessage(row);
  }
}

const toJobMessage = ({ shownAt: _, ...row }: Selectable<Tables['job_messages']>): JobMessage => ({
  ...row,
  chat: Number(row.chat),
  message: Number(row.message),
});
