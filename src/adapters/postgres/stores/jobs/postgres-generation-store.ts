import { type Kysely, type Selectable, sql } from 'kysely';
import type {
  GenerationPage,
  GenerationStore,
  Progress,
} from '../../../../application/ports/stores/generation-store.js';
import type { Hopeless, StepFailure } from '../../../../application/ports/stores/jobs/leased-store.js';
import type { Lease, Precondition, Then } from '../../../../application/ports/stores/jobs/leases.js';
import {
  type Generation,
  type GenerationStatus,
  inFlightStatuses,
} from '../../../../domain/generation/generation.js';
import type { GenerationId, UserId } from '../../../../domain/ids.js';
import { storable } from '../../../../domain/text/storable-text.js';
import type { Tables } from '../../schema/tables.js';
import { isUuid } from '../uuid.js';
import { lockNext, recheck, stalled } from './generation-queries.js';
import { toColumns, toGeneration } from './generation-rows.js';
import { LeasedRows, look } from './leased-rows.js';

export class PostgresGenerationStore implements GenerationStore {
  private readonly leased: LeasedRows<Selectable<Tables['generations']>>;

  constructor(private readonly database: Kysely<Tables>) {
    this.leased = new LeasedRows(database, 'generations');
  }

  async add(generation: Generation, requestKey?: string): Promise<Generation> {
    // Start-time fair queueing: one turn after the owner's last job, and never before the turn that is being served.
    // Who is held up at the head of the line (a limit, a later time) does not make newcomers overtake the others.
    const turn = sql<number>`greatest(
      coalesce(
        (select max(turn) from generations where status in ('submitting', 'submitted')),
        (select min(turn) from generations where status = 'accepted'),
        0),
      1 + coalesce(greatest(
        (select max(turn) from generations where owner = ${generation.owner} and status = 'accepted'),
        (select max(turn) from generations
         where owner = ${generation.owner} and status in ('submitting', 'submitted'))), 0))`;
    const row = await this.database
      .insertInto('generations')
      .values({
        ...toColumns(generation),
        turn,
        check_after: generation.createdAt,
        request_key: requestKey ?? null,
      })
      .onConflict((conflict) => conflict.column('request_key').doNothing())
      .returning('id')
      .executeTakeFirst();
    if (row !== undefined) return generation;
    const earlier = requestKey === undefined ? null : await this.findByRequestKey(requestKey);
    if (earlier === null) throw new Error(`generation ${generation.id} was not added`);
    return earlier;
  }

  async findByRequestKey(requestKey: string): Promise<Generation | null> {
    const row = await this.rows().where('request_key', '=', requestKey).executeTakeFirst();
    return row === undefined ? null : toGeneration(row);
  }

  async lock(id: GenerationId): Promise<Generation | null> {
    if (!isUuid(id)) return null;
    const row = await this.rows().where('id', '=', id).forNoKeyUpdate().executeTakeFirst();
    return row === undefined ? null : toGeneration(row);
  }

  async find(id: GenerationId): Promise<Generation | null> {
    if (!isUuid(id)) return null;
    const row = await this.rows().where('id', '=', id).executeTakeFirst();
    return row === undefined ? null : toGeneration(row);
  }

  async findOwned(owner: UserId, id: GenerationId): Promise<Generation | null> {
    const found = await this.find(id);
    return found?.owner === owner ? found : null;
  }

  async list({ owner, status, limit, before }: GenerationPage): Promise<Generation[]> {
    let query = this.database
      .selectFrom('generations')
      .selectAll()
      .orderBy('created_at', 'desc')
      .orderBy('id', 'desc')
      .limit(limit);
    if (owner !== undefined) query = query.where('owner', '=', owner);
    if (status !== undefined) query = query.where('status', '=', status);
    if (before !== undefined)
      query = query.where(sql<boolean>`(created_at, id) < (${before.createdAt}, ${before.id})`);
    return (await query.execute()).map(toGeneration);
  }

  async countOpen(owner: UserId): Promise<number> {
    // Two counts, so that each has its partial index.
    const { count } = await this.database
      .selectNoFrom(
        sql<string>`(select count(*) from generations where owner = ${owner} and status = 'accepted')
          + (select count(*) from generations
             where owner = ${owner} and status in ('submitting', 'submitted'))`.as('count'),
      )
      .executeTakeFirstOrThrow();
    return Number(count);
  }

  async lockNext(limits: { total: number; perUser: number; now: Date }): Promise<Generation | null> {
    // Whoever counts what is in flight does so alone, and in a statement that starts after the lock is held.
    await sql`select pg_advisory_xact_lock(hashtext('aisha submit-next'))`.execute(this.database);
    const { rows } = await lockNext(limits).execute(this.database);
    return rows[0] === undefined ? null : toGeneration(rows[0]);
  }

  async hasWaiting(): Promise<boolean> {
    const row = await this.database
      .selectFrom('generations')
      .select('id')
      .where('status', '=', 'accepted')
      // By the index of the line: among many ended rows the first waiting one may be the last.
      .orderBy('turn')
      .limit(1)
      .executeTakeFirst();
    return row !== undefined;
  }

  async acquire(
    id: GenerationId,
    status: GenerationStatus | readonly GenerationStatus[],
    lease: Lease,
    now: Date,
  ): Promise<Generation | null> {
    const row = await this.leased.acquire(id, [status].flat(), lease, now);
    return row === undefined ? null : toGeneration(row);
  }

  async save(next: Generation, expected: Precondition<GenerationStatus>, then: Then): Promise<void> {
    const { id, created_at: _, owner: __, ...columns } = toColumns(next);
    await this.leased.save(id, columns, expected, then);
  }

  free(id: GenerationId, lease: string, checkAfter: Date): Promise<void> {
    return this.leased.free(id, lease, checkAfter);
  }

  reportProgress(id: GenerationId, progress: Progress): Promise<void> {
    return this.leased.reportProgress(id, progress);
  }

  async progressOf(id: GenerationId): Promise<Progress | null> {
    return isUuid(id) ? this.leased.progressOf<Progress>(id) : null;
  }

  async stalled(now: Date, again: Date, limit: number): Promise<Generation[]> {
    const { rows } = await stalled(now, again, limit).execute(this.database);
    return rows.map(toGeneration);
  }

  async recheck(now: Date): Promise<number> {
    const { rows } = await recheck(now).execute(this.database);
    return Number(rows[0]?.due ?? 0);
  }

  async lookAtLine(lease: Lease, now: Date): Promise<void> {
    await sql`
      update generations set ${look(lease, now)}
      where id in (select id from generations where status = 'accepted' order by id for no key update)`.execute(
      this.database,
    );
  }

  async putOff(id: GenerationId, { now, error, counts }: StepFailure): Promise<void> {
    await sql`
      update generations
      set tries = tries + ${counts ? 1 : 0}, last_error = ${storable(error)},
        not_before = ${now}::timestamptz + make_interval(secs => least(300, power(2, tries)))
      where id = ${id} and status = 'accepted' and lease_owner is null`.execute(this.database);
  }

  putBack(id: GenerationId, worker: string, failure: StepFailure): Promise<number | null> {
    return this.leased.putBack(id, worker, failure);
  }

  async hopeless(limit: number): Promise<Hopeless<Generation>[]> {
    return (await this.leased.hopeless(limit)).map(toHopeless);
  }

  async openFor(seconds: number, limit: number): Promise<Generation[]> {
    return (await this.leased.openFor(seconds, openStatuses, limit)).map(toGeneration);
  }

  markDead(id: GenerationId, since: Date | null): Promise<void> {
    return this.leased.markDead(id, since);
  }

  async dead(limit: number): Promise<Hopeless<Generation>[]> {
    return (await this.leased.dead(limit)).map(toHopeless);
  }

  async waited(id: GenerationId): Promise<number> {
    return this.leased.waited(id);
  }

  dropLeases(owners: readonly string[]): Promise<number> {
    return this.leased.dropLeases(owners);
  }

  private rows() {
    return this.database.selectFrom('generations').selectAll();
  }
}

const openStatuses: readonly GenerationStatus[] = ['accepted', ...inFlightStatuses];

const toHopeless = ({ row, error }: Hopeless<Selectable<Tables['generations']>>): Hopeless<Generation> => ({
  row: toGeneration(row),
  error,
});
