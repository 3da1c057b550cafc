import { CompiledQuery, type Kysely, type QueryResult, type Selectable, sql } from 'kysely';
import { maximumTries } from '../../../../application/policy/policy.js';
import type { ProviderEvent } from '../../../../application/ports/provider-webhooks.js';
import type {
  Circumstances,
  GenerationPage,
  GenerationStore,
  GenerationWithProgress,
  Glance,
  GoodEnd,
  Progress,
  Shown,
} from '../../../../application/ports/stores/generation-store.js';
import type { StepFailure } from '../../../../application/ports/stores/jobs/leased-store.js';
import type { Lease, Precondition, Then } from '../../../../application/ports/stores/jobs/leases.js';
import type { Generation, GenerationIn } from '../../../../domain/generation/generation.js';
import type { GenerationId, UserId } from '../../../../domain/ids.js';
import type { LedgerEntry } from '../../../../domain/ledger.js';
import { storable } from '../../../../domain/text/storable-text.js';
import type { Tables } from '../../schema/tables.js';
import { type AvatarAsJson, fromJson } from '../avatar-rows.js';
import { isUuid } from '../uuid.js';
import { callBack, circumstances, countingOpen, nextInLine } from './generation-queries.js';
import { toColumns, toGeneration } from './generation-rows.js';
import { free, generationNeedsWork, look, taken } from './leased-rows.js';
import type { FixedStatement } from './leased-update.js';
import { PostgresLeasedStore } from './postgres-leased-store.js';
import { mayBeRefused, outcomeOf } from './postgres-webhook-inbox.js';
import { adding, addingHeld, endingWell } from './usual-steps.js';

type NoRow = { readonly id: null };
type CircumstancesRow = (Selectable<Tables['generations']> | NoRow) & {
  readonly open: string;
  readonly ahead: string;
  readonly avatars: readonly AvatarAsJson[];
  readonly retired: readonly string[];
};
interface ShownRow extends Omit<Shown, 'avatar' | 'companion'> {
  readonly avatar: AvatarAsJson | null;
  readonly companion: AvatarAsJson | null;
}

export class PostgresGenerationStore
  extends PostgresLeasedStore<Generation, Selectable<Tables['generations']>, Progress>
  implements GenerationStore
{
  constructor(database: Kysely<Tables>) {
    super(database, {
      table: 'generations',
      toState: toGeneration,
      toColumns,
      statusWord: (status) => status,
      isOpen: sql`(status = 'accepted' or status in ('submitting', 'submitted'))`,
      atProvider: 'submitted',
      needsWork: generationNeedsWork,
    });
  }

  async add(generation: Generation, requestKey?: string): Promise<Generation> {
    const { rows } = await this.ask(adding(generation, requestKey ?? null));
    if (rows.length > 0) return generation;
    const earlier = requestKey === undefined ? null : await this.findByRequestKey(requestKey);
    if (earlier === null) throw new Error(`generation ${generation.id} was not added`);
    return earlier;
  }

  async addHeld(generation: Generation, hold: LedgerEntry, requestKey?: string): Promise<boolean> {
    const { numAffectedRows } = await this.ask(addingHeld(generation, hold, requestKey ?? null));
    return numAffectedRows === 1n;
  }

  async endWell(end: GoodEnd, expected: Precondition<'submitted'>, then: Then): Promise<Shown | null> {
    const { rows } = await this.ask<ShownRow>(endingWell(end, expected, then));
    const [row] = rows;
    if (row === undefined) return null;
    const { avatar, companion, isAwaited } = row;
    return { avatar: avatar && fromJson(avatar), companion: companion && fromJson(companion), isAwaited };
  }

  async circumstances(owner: UserId, requestKey: string | undefined, now: Date): Promise<Circumstances> {
    const {
      rows: [row],
    } = await this.ask<CircumstancesRow>({
      text: circumstances,
      parameters: [owner, requestKey ?? null, now],
    });
    if (row === undefined) throw new Error('one row is always returned');
    const { open, ahead, avatars, retired, ...earlier } = row;
    return {
      earlier: earlier.id === null ? null : toGeneration(earlier),
      open: Number(open),
      ahead: Number(ahead),
      avatars: avatars.map(fromJson),
      retired: new Set(retired),
    };
  }

  async list({ owner, status, limit, before }: GenerationPage): Promise<Generation[]> {
    let query = this.database
      .selectFrom('generations')
      .selectAll()
      .orderBy('createdAt', 'desc')
      .orderBy('id', 'desc')
      .limit(limit);
    if (owner !== undefined) query = query.where('owner', '=', owner);
    if (status !== undefined) query = query.where('status', '=', status);
    // What only they have: each has an index for that.
    if (status === 'failed') query = query.where('failure', 'is not', null);
    if (status === 'blocked' || status === 'cancelled')
      query = query.where('endedAt', 'is not', null).where('failure', 'is', null);
    if (before !== undefined)
      query = query.where(sql<boolean>`(created_at, id) < (${before.createdAt}, ${before.id})`);
    return (await query.execute()).map(toGeneration);
  }

  async withProgress(ids: readonly GenerationId[]): Promise<GenerationWithProgress[]> {
    const { rows } = await sql<Selectable<Tables['generations']> & { progress: Progress | null }>`
      select * from generations where id = any(${[...ids]}::uuid[])`.execute(this.database);
    return rows.map((row) => ({ generation: toGeneration(row), progress: row.progress }));
  }

  async glance(ids: readonly GenerationId[]): Promise<Glance[]> {
    const text = 'select id, status, progress from generations where id = any($1::uuid[])';
    return (await this.ask<Glance>({ text, parameters: [[...ids]] })).rows;
  }

  async countOpen(owner: UserId): Promise<number> {
    const { rows } = await this.ask<{ count: string }>({ text: countingOpen, parameters: [owner] });
    return Number(rows[0]?.count);
  }

  async hasPaidFor(owner: UserId, count: number): Promise<boolean> {
    const paid = this.database
      .selectFrom('generations')
      .select('id')
      .where('owner', '=', owner)
      .where('price', '>', 0)
      .orderBy('createdAt')
      .limit(count);
    return (await paid.execute()).length === count;
  }

  async lockNext(limits: { total: number; perUser: number; now: Date }): Promise<Generation | null> {
    // Whoever counts what is in flight does so alone, and in a statement that starts after the lock is held.
    await sql`select pg_advisory_xact_lock(hashtext('aisha submit-next'))`.execute(this.database);
    return (await this.rows(sql`${nextInLine(limits)} for no key update skip locked`))[0] ?? null;
  }

  async takeNext(
    { total, perUser, now }: { total: number; perUser: number; now: Date },
    { owner, until, from }: Lease,
  ): Promise<GenerationIn<'submitting'> | null> {
    const [taken] = await this.rows(sql`
      select * from take_next(${total}::integer, ${perUser}::integer, ${maximumTries}::integer, ${now}::timestamptz,
        ${owner}::text, ${until}::timestamptz, ${from?.ticks ?? null}::float8)`);
    return taken?.status === 'submitting' ? taken : null;
  }

  async hasNext(limits: { total: number; perUser: number; now: Date }): Promise<boolean> {
    return (await this.rows(nextInLine(limits))).length > 0;
  }

  async hasWaiting(): Promise<boolean> {
    const row = await this.database
      .selectFrom('generations')
      .select('id')
      .where('status', '=', 'accepted')
      // By the index of the fair queue: among many ended rows the first waiting one may be the last.
      .orderBy('turn')
      .limit(1)
      .executeTakeFirst();
    return row !== undefined;
  }

  /** The row is locked before the event is written, as by whoever keeps one in more steps. */
  async hear(id: GenerationId, event: ProviderEvent, lease: Lease, now: Date): Promise<Generation | null> {
    const outcome = outcomeOf(event);
    if (!isUuid(id) || mayBeRefused(outcome)) return null;
    const [row] = await this.rows(sql`
      with job as (
        select id from generations where id = ${id} and status = 'submitted' and ticket = ${event.ticket}
          and ${free(now)} for no key update
      ), receipt as (
        insert into receipts (request_id, reference, ticket, outcome, received_at)
        select ${event.requestId}, ${event.reference}, ${event.ticket}, ${outcome}::jsonb, ${now}::timestamptz
        from job on conflict (request_id) do nothing
        returning ticket
      )
      update generations set ${taken(lease, now)}
      where id = (select job.id from job, receipt) returning *`);
    return row ?? null;
  }

  private ask<Row>({ text, parameters }: FixedStatement): Promise<QueryResult<Row>> {
    return this.database.executeQuery<Row>(CompiledQuery.raw(text, [...parameters]));
  }

  override async recheck(now: Date): Promise<number> {
    return (await super.recheck(now)) + (await this.run(callBack(now)));
  }

  async lookAtQueue(lease: Lease, now: Date): Promise<void> {
    await this.run(sql`
      update generations set ${look(lease, now)}
      where id in (select id from generations where status = 'accepted' order by id for no key update)`);
  }

  async putOff(id: GenerationId, { now, error, counts }: StepFailure): Promise<void> {
    await this.run(sql`
      update generations
      set tries = tries + ${counts ? 1 : 0}, last_error = ${storable(error)},
        not_before = ${now}::timestamptz + make_interval(secs => least(300, power(2, tries)))
      where id = ${id} and status = 'accepted' and lease_owner is null`);
  }
}
