import { type Kysely, type Selectable, sql } from 'kysely';
import type { Lease } from '../../../../application/ports/stores/jobs/leases.js';
import type {
  AccessSettings,
  Addressee,
  Batch,
  BroadcastCopy,
  BroadcastProgress,
  BroadcastStore,
  BroadcastsOfPerson,
} from '../../../../application/ports/stores/operator/broadcast-store.js';
import type { UserId } from '../../../../domain/ids.js';
import type {
  Audience,
  Broadcast,
  BroadcastCounts,
  BroadcastOutcome,
} from '../../../../domain/operator/broadcast.js';
import type { Tables } from '../../schema/tables.js';
import { isOver, unlikely } from '../jobs/leased-rows.js';
import { mayEnter } from './entrance.js';

type BroadcastRow = Selectable<Tables['broadcasts']>;

/**
 * Whoever only got credits from the operator, or has left, has no name here. Whoever may not use the bot has no use for
 * its news, and its author has them as the preview.
 */
const everybodyBut = (
  author: UserId,
  settings: AccessSettings,
) => sql`users left join preferences on preferences.user_id = users.id
  left join unreachable_people on unreachable_people.user_id = users.id
  where users.display_name is not null and users.id <> ${author} and ${mayEnter(settings)}`;
const isReached = sql`unreachable_people.user_id is null and coalesce(preferences.broadcasts, true)`;

export class PostgresBroadcastStore implements BroadcastStore {
  constructor(private readonly database: Kysely<Tables>) {}

  async audience(author: UserId, settings: AccessSettings): Promise<Audience> {
    const { rows } = await sql<Audience>`
      select count(*) filter (where ${isReached})::int as people,
        count(unreachable_people.user_id)::int as unreachable,
        count(*) filter (where unreachable_people.user_id is null and not coalesce(preferences.broadcasts, true))::int as muted
      from ${everybodyBut(author, settings)}`.execute(this.database);
    const [audience] = rows;
    if (audience === undefined) throw new Error('a query of one row gave none');
    return audience;
  }

  async add(...[broadcast, settings]: Parameters<BroadcastStore['add']>): Promise<number> {
    const { id, admin, createdAt } = broadcast;
    const [message, translations, card] = [broadcast.message, broadcast.translations, broadcast.card].map(
      (value) => JSON.stringify(value),
    );
    const { numAffectedRows } = await sql`
      with made as (
        insert into broadcasts (id, admin, message, translations, card, created_at, status, not_before)
        values (${id}, ${admin}, ${message}, ${translations}, ${card}, ${createdAt}, 'sending', ${createdAt})
      )
      insert into broadcast_people (broadcast, user_id)
      select ${id}::uuid, users.id from ${everybodyBut(admin, settings)} and ${isReached}`.execute(
      this.database,
    );
    return Number(numAffectedRows);
  }

  async find(id: string): Promise<BroadcastProgress | null> {
    const row = await this.database
      .selectFrom('broadcasts')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirst();
    return row === undefined ? null : ((await this.progressOf([row]))[0] ?? null);
  }

  async list(limit: number): Promise<BroadcastProgress[]> {
    const rows = await this.database
      .selectFrom('broadcasts')
      .selectAll()
      .orderBy('createdAt', 'desc')
      .orderBy('id', 'desc')
      .limit(limit)
      .execute();
    return this.progressOf(rows);
  }

  async end(id: string, status: Exclude<Broadcast['status'], 'sending'>, now: Date): Promise<boolean> {
    const { numUpdatedRows } = await this.database
      .updateTable('broadcasts')
      .set({ status, endedAt: now })
      .where('id', '=', id)
      .where('status', '=', 'sending')
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  async endSent(now: Date): Promise<string[]> {
    const { rows } = await sql<{ id: string }>`
      update broadcasts set status = 'sent', ended_at = ${now} where status = 'sending' and not exists (
        select from broadcast_people where broadcast = broadcasts.id and state = 'waiting'
      ) returning id`.execute(this.database);
    return rows.map(({ id }) => id);
  }

  async take({ owner, until }: Lease, now: Date, limit: number): Promise<Batch | null> {
    // Another process may have one of these in hand: a clock that is two hours off must not make it send that again.
    const isFree = sql`state = 'waiting' and (taken_until is null or (${isOver(sql`taken_until`, now)}
      and (taken_by = ${owner} or not exists (select from workers where workers.id = taken_by))))`;
    const { rows } = await sql<BroadcastRow & Addressee & { readonly userId: UserId }>`
      with due as (
        select * from broadcasts where status = 'sending' and ${isOver(sql`not_before`, now)}
          and exists (select from broadcast_people where broadcast = broadcasts.id and ${isFree})
        order by created_at, id limit 1
      ), next as (
        select user_id from broadcast_people where broadcast = (select id from due) and ${isFree}
        order by tries, user_id
        limit (select case when setbacks > 0 then 1 else ${limit}::int end from due)
        for update skip locked
      ), taken as (
        update broadcast_people set taken_by = ${owner}, taken_until = ${until}
        from next where broadcast = (select id from due) and broadcast_people.user_id = next.user_id
        returning broadcast_people.user_id, tries
      )
      select due.*, taken.user_id, taken.tries, coalesce(preferences.language, users.language) as language
      from due, taken join users on users.id = taken.user_id left join preferences on preferences.user_id = users.id
      order by taken.tries, taken.user_id`.execute(this.database);
    const [first] = rows;
    if (first === undefined) return null;
    const people = rows.map(({ userId: id, language, tries }) => ({ id, language, tries }));
    return { broadcast: toBroadcast(first), setbacks: first.setbacks, people };
  }

  async check(
    { broadcast, person }: BroadcastCopy,
    owner: string,
    now: Date,
    settings: AccessSettings,
  ): ReturnType<BroadcastStore['check']> {
    const { rows } = await sql<{ isOurs: boolean; isUnreachable: boolean; isMuted: boolean }>`
      select status = 'sending' and ${isOver(sql`not_before`, now)} and state = 'waiting' and taken_by = ${owner}
          and taken_until > ${now} as is_ours,
        unreachable_people.user_id is not null or not ${mayEnter(settings)} as is_unreachable,
        not coalesce(preferences.broadcasts, true) as is_muted
      from broadcast_people people join broadcasts on broadcasts.id = people.broadcast
      join users on users.id = people.user_id
      left join preferences on preferences.user_id = people.user_id
      left join unreachable_people on unreachable_people.user_id = people.user_id
      where people.broadcast = ${broadcast} and people.user_id = ${person}`.execute(this.database);
    const [row] = rows;
    if (row?.isOurs !== true) return 'held';
    if (row.isUnreachable) return 'blocked';
    return row.isMuted ? 'muted' : 'go';
  }

  async settle({ broadcast, person }: BroadcastCopy, outcome: BroadcastOutcome, now: Date): Promise<void> {
    await sql`
      with going_on as (
        update broadcasts set setbacks = 0 where id = ${broadcast} and setbacks > 0 and ${outcome} <> 'failed'
      )
      update broadcast_people set state = ${outcome}, at = ${now}, taken_by = null, taken_until = null
      where broadcast = ${broadcast} and user_id = ${person} and state = 'waiting'`.execute(this.database);
  }

  async giveBack(copies: readonly BroadcastCopy[], owner: string, isTry: boolean): Promise<void> {
    for (const { broadcast, person } of copies)
      await sql`
        update broadcast_people set taken_by = nullif(taken_by, ${owner}),
          taken_until = case when taken_by <> ${owner} then taken_until end, tries = tries + ${isTry ? 1 : 0}
        where broadcast = ${broadcast} and user_id = ${person} and state = 'waiting'`.execute(this.database);
  }

  async putOff(id: string, until: Date): Promise<void> {
    await sql`
      update broadcasts set setbacks = setbacks + 1,
        not_before = case when not_before > ${unlikely(until)} then ${until} else greatest(not_before, ${until}) end
      where id = ${id}`.execute(this.database);
  }

  async dropClaims(owners: readonly string[]): Promise<number> {
    const { numAffectedRows } = await sql`
      update broadcast_people set taken_by = null, taken_until = null where (broadcast, user_id) in (
        select broadcast, user_id from broadcast_people where taken_by = any(${[...owners]}) and state = 'waiting'
        order by broadcast, user_id for update
      )`.execute(this.database);
    return Number(numAffectedRows);
  }

  async setUnreachable(person: UserId, since: Date | null): Promise<void> {
    if (since === null)
      await sql`delete from unreachable_people where user_id = ${person}`.execute(this.database);
    // Somebody who never talked to the bot is nobody's row.
    else
      await sql`
        insert into unreachable_people select id, ${since} from users where id = ${person}
        on conflict (user_id) do nothing`.execute(this.database);
  }

  async of(person: UserId): Promise<BroadcastsOfPerson> {
    const copies = await this.database
      .selectFrom('broadcast_people')
      .innerJoin('broadcasts', 'broadcasts.id', 'broadcast_people.broadcast')
      .select(['broadcasts.createdAt as begunAt', 'broadcast_people.state', 'broadcast_people.at'])
      .where('broadcast_people.userId', '=', person)
      .orderBy('broadcasts.createdAt', 'desc')
      .orderBy('broadcasts.id', 'desc')
      .execute();
    const unreachable = await this.database
      .selectFrom('unreachable_people')
      .select('since')
      .where('userId', '=', person)
      .executeTakeFirst();
    return { unreachableSince: unreachable?.since ?? null, copies };
  }

  async forget(endedBefore: Date): Promise<number> {
    const old = await this.database
      .selectFrom('broadcasts')
      .selectAll()
      .where('endedAt', '<', endedBefore)
      .where('counts', 'is', null)
      .execute();
    let gone = 0;
    for (const { broadcast, counts } of await this.progressOf(old)) {
      const { numAffectedRows } = await sql`
        with kept as (update broadcasts set counts = ${JSON.stringify(counts)} where id = ${broadcast.id})
        delete from broadcast_people where broadcast = ${broadcast.id}`.execute(this.database);
      gone += Number(numAffectedRows);
    }
    return gone;
  }

  private async progressOf(rows: readonly BroadcastRow[]): Promise<BroadcastProgress[]> {
    if (rows.length === 0) return [];
    const counted = await this.database
      .selectFrom('broadcast_people')
      .select(['broadcast', 'state'])
      .select(({ fn }) => fn.countAll<string>().as('people'))
      .where(
        'broadcast',
        'in',
        rows.map(({ id }) => id),
      )
      .groupBy(['broadcast', 'state'])
      .execute();
    return rows.map((row) => ({
      broadcast: toBroadcast(row),
      counts: row.counts ?? countsOf(row.id, counted),
    }));
  }
}

const toBroadcast = ({
  id,
  admin,
  message,
  translations,
  card,
  createdAt,
  status,
  endedAt,
}: BroadcastRow): Broadcast => ({
  id,
  admin,
  message,
  translations,
  card,
  createdAt,
  status,
  endedAt,
});

function countsOf(
  id: string,
  counted: readonly { broadcast: string; state: BroadcastOutcome | 'waiting'; people: string }[],
): BroadcastCounts {
  const of = (state: BroadcastOutcome | 'waiting') =>
    Number(counted.find((row) => row.broadcast === id && row.state === state)?.people ?? 0);
  return {
    left: of('waiting'),
    sent: of('sent'),
    blocked: of('blocked'),
    failed: of('failed'),
    muted: of('muted'),
  };
}
