import { type Kysely, type Selectable, sql } from 'kysely';
import type {
  JobMessage,
  JobMessageStore,
} from '../../../../application/ports/stores/chat/job-message-store.js';
import type { Sent } from '../../../../application/ports/stores/chat/sent-file-store.js';
import type { GenerationId } from '../../../../domain/ids.js';
import type { Tables } from '../../schema/tables.js';

export class PostgresJobMessageStore implements JobMessageStore {
  constructor(private readonly database: Kysely<Tables>) {}

  async remember({ generation, source, chat, message, language }: JobMessage, now: Date): Promise<boolean> {
    const { rows } = await sql<{ isTold: boolean }>`
      insert into job_messages as it (generation, source, chat, message, language, shown_at)
      values (${generation}, ${source}, ${chat}, ${message}, ${language}, ${now})
      on conflict (generation) do update set source = excluded.source, chat = excluded.chat,
        message = excluded.message, language = excluded.language, shown_at = excluded.shown_at
      returning exists (select from generations where id = it.generation
        and (status = 'delivered' or announced_at is not null)) as is_told`.execute(this.database);
    return rows[0]?.isTold === true;
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

  async remove(generation: GenerationId, sent: readonly Sent[] = []): Promise<JobMessage | null> {
    const { rows } = await sql<Selectable<Tables['job_messages']>>`
      with remembered as (
        insert into sent_files (source, image, form, handle, chat, message)
        select source, images.id, form, handle, chat, message
        from unnest(${sent.map(({ source }) => source)}::text[], ${sent.map(({ image }) => image)}::uuid[],
          ${sent.map(({ form }) => form)}::text[], ${sent.map(({ handle }) => handle)}::text[],
          ${sent.map(({ place }) => place?.chat ?? null)}::bigint[],
          ${sent.map(({ place }) => place?.message ?? null)}::bigint[])
          as sent (source, image, form, handle, chat, message)
        join images on images.id = sent.image
        on conflict (image, source, form) do update set handle = excluded.handle,
          chat = coalesce(excluded.chat, sent_files.chat), message = coalesce(excluded.message, sent_files.message)
      )
      delete from job_messages where generation = ${generation} returning *`.execute(this.database);
    return rows[0] === undefined ? null : toJobMessage(rows[0]);
  }
}

const toJobMessage = ({ shownAt: _, ...row }: Selectable<Tables['job_messages']>): JobMessage => ({
  ...row,
  chat: Number(row.chat),
  message: Number(row.message),
});
