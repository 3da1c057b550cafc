import { type Kysely, type RawBuilder, type Selectable, sql } from 'kysely';
import { maximumUpdateTries } from '../../../../application/policy/policy.js';
import type {
  DeadUpdate,
  IncomingUpdate,
  KeptUpdate,
  Taker,
  UpdateInbox,
} from '../../../../application/ports/stores/chat/update-inbox.js';
import { storable } from '../../../../domain/text/storable-text.js';
import type { Tables } from '../../schema/tables.js';
import { deleteFree } from '../delete-free.js';
import { unlikely } from '../jobs/leased-rows.js';
import { writing } from '../jobs/refused-content.js';

/** Code units of an update that was set aside. */
const longestAside = 16_384;

export class PostgresUpdateInbox implements UpdateInbox {
  constructor(private readonly database: Kysely<Tables>) {}

  async keep(source: string, updates: readonly IncomingUpdate[], now: Date): Promise<void> {
    if (updates.length === 0) return;
    const rows = updates.map(({ id, body, person }) => ({
      source,
      updateId: String(id),
      receivedAt: now,
      body: JSON.stringify(body),
      person: person ?? null,
    }));
    await writing(this.database, () =>
      this.database
        .insertInto('seen_updates')
        .values(rows)
        .onConflict((conflict) => conflict.doNothing())
        .execute(),
    );
  }

  async take(
    source: string,
    updates: readonly IncomingUpdate[],
    by: Taker,
    { abandonedBefore, finished }: { abandonedBefore: Date; finished: readonly number[] },
  ): Promise<ReadonlySet<number>> {
    // One row cannot be written twice by one statement.
    const others = updates.filter(({ id }) => !finished.includes(id));
    const came = [...new Map(others.map((update) => [update.id, update])).values()];
    const { rows } = await writing(this.database, () =>
      sql<{ updateId: string }>`
        with finished as (${finish(source, finished)})
        insert into seen_updates (source, update_id, received_at, body, person, claimed_at, claimed_by, tries)
        select ${source}, id, ${by.at}, body::jsonb, person, ${by.at}, ${by.owner}, 1
        from unnest(${came.map(({ id }) => id)}::bigint[], ${came.map(({ body }) => JSON.stringify(body))}::text[],
          ${came.map(({ person }) => person ?? null)}::text[]) as came (id, body, person)
        order by id
        on conflict (source, update_id) do update set ${taking(by, abandonedBefore)}
        returning update_id`.execute(this.database),
    );
    return new Set(rows.map(({ updateId }) => Number(updateId)));
  }

  async claim(source: string, id: number, by: Taker, abandonedBefore: Date): Promise<boolean> {
    const { rows } = await sql`
      insert into seen_updates (source, update_id, received_at, claimed_at, claimed_by)
      values (${source}, ${id}, ${by.at}, ${by.at}, ${by.owner})
      on conflict (source, update_id) do update set ${taking(by, abandonedBefore)}
      returning 1`.execute(this.database);
    return rows.length === 1;
  }

  async finish(source: string, ...ids: readonly number[]): Promise<void> {
    await finish(source, ids).execute(this.database);
  }

  async setAside(source: string, { id, body }: KeptUpdate, now: Date): Promise<void> {
    await this.database
      .insertInto('seen_updates')
      .values({
        source,
        updateId: String(id),
        receivedAt: now,
        done: true,
        body: JSON.stringify({ setAside: inAscii(JSON.stringify(body)) }),
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }

  async giveBack(source: string, id: number, failure?: { error: string; isOurs: boolean }): Promise<void> {
    await sql`
      update seen_updates
      set claimed_at = null, last_error = coalesce(${failure === undefined ? null : storable(failure.error)}, last_error),
        tries = greatest(tries - ${failure?.isOurs === true ? 0 : 1}, 0)
      where source = ${source} and update_id = ${id} and not done`.execute(this.database);
  }

  async giveUp(source: string, claimedBefore: Date, now: Date): Promise<DeadUpdate[]> {
    const { rows } = await sql<Selectable<Tables['seen_updates']>>`
      update seen_updates set done = true, dead_at = ${now}
      where (source, update_id) in (
        select source, update_id from seen_updates
        where source = ${source} and not done and body is not null and tries >= ${maximumUpdateTries}
          and (claimed_at is null or not ${isRecent(sql`claimed_at`, claimedBefore)})
        for no key update skip locked
      )
      returning *`.execute(this.database);
    return rows.map(toDead);
  }

  async dead(limit: number): Promise<DeadUpdate[]> {
    const rows = await this.database
      .selectFrom('seen_updates')
      .selectAll()
      .where('deadAt', 'is not', null)
      .orderBy('deadAt', 'desc')
      .limit(limit)
      .execute();
    return rows.map(toDead);
  }

  async revive(source: string, id: number): Promise<boolean> {
    const { numUpdatedRows } = await this.one(source, id)
      .set({ done: false, deadAt: null, tries: 0, claimedAt: null })
      .where('deadAt', 'is not', null)
      .executeTakeFirstOrThrow();
    return numUpdatedRows === 1n;
  }

  async dropClaims(owners: readonly string[]): Promise<number> {
    if (owners.length === 0) return 0;
    const { numAffectedRows } = await sql`
      update seen_updates set claimed_at = null
      where (source, update_id) in (
        select source, update_id from seen_updates
        where not done and claimed_at is not null and claimed_by = any(${owners})
        order by source, update_id for no key update
      )`.execute(this.database);
    return Number(numAffectedRows);
  }

  async unfinished(
    source: string,
    before: { received: Date; claimed: Date },
    most: { all: number; each: number },
  ): Promise<KeptUpdate[]> {
    // First the oldest of everybody, then the second oldest: who has sent the most is cut off, not who came last.
    const { rows } = await sql<{ updateId: string; body: unknown }>`
      select update_id, body from (
        select update_id, body, row_number() over
          (partition by coalesce(person, 'update ' || update_id) order by update_id) as place
        from seen_updates
        where source = ${source} and not done and body is not null and tries < ${maximumUpdateTries}
          and not ${isRecent(sql`received_at`, before.received)}
          and (claimed_at is null or not ${isRecent(sql`claimed_at`, before.claimed)})
      ) as waiting
      where place <= ${most.each} order by place, update_id limit ${most.all}`.execute(this.database);
    return rows.map((row) => ({ id: Number(row.updateId), body: row.body })).sort(byId);
  }

  async hasOpen(sources: readonly string[], received: Date): Promise<boolean> {
    const { rows } = await sql`
      select from seen_updates where source = any(${sources}::text[]) and not done and body is not null
        and not ${isRecent(sql`received_at`, received)}
      limit 1`.execute(this.database);
    return rows.length > 0;
  }

  async forget(before: Date): Promise<number> {
    const { numAffectedRows } = await deleteFree('seen_updates', sql`received_at < ${before}`).execute(
      this.database,
    );
    return Number(numAffectedRows);
  }

  private one(source: string, id: number) {
    return this.database
      .updateTable('seen_updates')
      .where('source', '=', source)
      .where('updateId', '=', String(id));
  }
}

/** Whoever comes first takes what nobody has, or had for too long; and nobody what was tried too often. */
const taking = (by: Taker, abandonedBefore: Date) => sql`
  claimed_at = ${by.at}, claimed_by = ${by.owner},
    tries = seen_updates.tries + (seen_updates.body is not null)::integer
  where not seen_updates.done and seen_updates.tries < ${maximumUpdateTries}
    and (seen_updates.claimed_at is null or seen_updates.claimed_at < ${abandonedBefore}
      or seen_updates.claimed_at > ${unlikely(by.at)})`;

const finish = (source: string, ids: readonly number[]) => sql`
  update seen_updates set done = true, body = null
  where (source, update_id) in (
    select source, update_id from seen_updates where source = ${source} and update_id = any(${ids}::bigint[])
    order by source, update_id for no key update
  )`;

/** Not before a time. What lies far ahead of it is not recent either: a clock that has been set back since wrote it. */
const isRecent = (time: RawBuilder<unknown>, since: Date) =>
  sql`(${time} >= ${since} and ${time} <= ${unlikely(since)})`;

/** JSON that every encoding can hold, as the text inside another JSON. */
const inAscii = (json: string): string =>
  json
    .slice(0, longestAside)
    .replace(/[^ -~]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);

const toDead = (row: Selectable<Tables['seen_updates']>): DeadUpdate => ({
  source: row.source,
  id: Number(row.updateId),
  body: row.body,
  deadAt: row.deadAt ?? row.receivedAt,
  error: row.lastError,
});

const byId = (one: KeptUpdate, other: KeptUpdate): number => one.id - other.id;
