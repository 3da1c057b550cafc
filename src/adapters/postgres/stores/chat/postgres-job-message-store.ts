import { type Kysely, type Selectable, sql } from 'kysely';
import type {
  JobMessage,
  JobMessageStore,
  KeptJobMessage,
  LastTurn,
} from '../../../../application/ports/stores/chat/job-message-store.js';
import type { Sent, SentPlace } from '../../../../application/ports/stores/chat/sent-file-store.js';
import type { GenerationId } from '../../../../domain/ids.js';
import type { Tables } from '../../schema/tables.js';
import { isOver } from '../jobs/leased-rows.js';

export class PostgresJobMessageStore implements JobMessageStore {
  constructor(private readonly database: Kysely<Tables>) {}

  async remember({ generation, source, chat, message, language }: JobMessage, now: Date): Promise<boolean> {
    const { rows } = await sql<{ isTold: boolean }>`
      insert into job_messages as it (generation, source, chat, message, language, shown_at)
      values (${generation}, ${source}, ${chat}, ${message}, ${language}, ${now})
      on conflict (generation) do update set source = excluded.source, chat = excluded.chat,
        message = excluded.message, language = excluded.language, shown_at = excluded.shown_at, drafted_at = null
      returning exists (select from generations where id = it.generation
        and (status = 'delivered' or announced_at is not null)) as is_told`.execute(this.database);
    return rows[0]?.isTold === true;
  }

  async find(generation: GenerationId): Promise<KeptJobMessage | null> {
    const row = await this.database
      .selectFrom('job_messages')
      .selectAll()
      .where('generation', '=', generation)
      .executeTakeFirst();
    return row === undefined ? null : toJobMessage(row);
  }

  async findAt(source: string, { chat, message }: SentPlace): Promise<KeptJobMessage | null> {
    const row = await this.database
      .selectFrom('job_messages')
      .selectAll()
      .where('source', '=', source)
      .where('chat', '=', String(chat))
      .where('message', '=', String(message))
      .executeTakeFirst();
    return row === undefined ? null : toJobMessage(row);
  }

  async takeTurn(generation: GenerationId, now: Date, last: LastTurn): Promise<KeptJobMessage | null> {
    const { rows } = await sql<Selectable<Tables['job_messages']>>`
      update job_messages as it set shown_at = ${now}, drafted_at = ${draftedAt(now, last)}
      where generation = ${generation} and ${isOver(sql`shown_at`, last.shown)}
      returning *`.execute(this.database);
    return rows[0] === undefined ? null : toJobMessage(rows[0]);
  }

  async takeTurns(source: string, now: Date, last: LastTurn, limit: number): Promise<KeptJobMessage[]> {
    const { rows } = await sql<Selectable<Tables['job_messages']>>`
      update job_messages as it set shown_at = ${now}, drafted_at = ${draftedAt(now, last)}
      where generation in (
        select generation from job_messages where source = ${source} and ${isOver(sql`shown_at`, last.shown)}
        order by shown_at limit ${limit} for no key update skip locked
      )
      returning *`.execute(this.database);
    return rows.map(toJobMessage);
  }

  async remove(generation: GenerationId, sent: readonly Sent[] = []): Promise<KeptJobMessage | null> {
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

/** One of the oldest message in its chat, which was not drafted just before. */
const draftedAt = (now: Date, { drafted }: LastTurn) => sql`
  case when (it.drafted_at is null or ${isOver(sql`it.drafted_at`, drafted)}) and not exists (
    select from job_messages as earlier
    where earlier.chat = it.chat and earlier.message < it.message and earlier.source = it.source
  ) then ${now} else it.drafted_at end`;

const toJobMessage = ({ shownAt: _, ...row }: Selectable<Tables['job_messages']>): KeptJobMessage => ({
  ...row,
  chat: Number(row.chat),
  message: Number(row.message),
});
