import { CompiledQuery, type Kysely, type RawBuilder, sql } from 'kysely';
import { maximumTries } from '../../../../application/policy/policy.js';
import type {
  Hopeless,
  LeasedStore,
  Seen,
  StepFailure,
} from '../../../../application/ports/stores/jobs/leased-store.js';
import {
  type Lease,
  type Precondition,
  StaleWrite,
  type Then,
} from '../../../../application/ports/stores/jobs/leases.js';
import type { UserId } from '../../../../domain/ids.js';
import { cut } from '../../../../domain/text/cut-text.js';
import { storable } from '../../../../domain/text/storable-text.js';
import type { Tables } from '../../schema/tables.js';
import { isUuid, uuidsFrom } from '../uuid.js';
import { type Columns, free, look, taken, unheld, unlikely, withoutWords } from './leased-rows.js';
import { LeasedUpdate } from './leased-update.js';
import { withOrWithoutWords } from './refused-content.js';

const longestPause = 300;
/** Where it was not the row's fault. */
const shortPause = 2;
const longestError = 2000;

interface Leased {
  readonly id: string;
  readonly owner: UserId;
  readonly status: string;
}

/** Stores are made for each transaction: what they put together is kept. */
const updates = { generations: new LeasedUpdate('generations'), trainings: new LeasedUpdate('trainings') };

/** How a kind of job lies in its table. */
export interface LeasedTable<State extends Leased, Row> {
  readonly table: 'generations' | 'trainings';
  toState(row: Row): State;
  toColumns(state: State): Columns & { readonly id: string };
  /** What the column says for a state. */
  statusWord(status: State['status']): string;
  /** In a state from which it can still come to a result: written so that indexes of the table serve each part. */
  readonly isOpen: RawBuilder<unknown>;
  /** The state in which the provider has it. */
  readonly atProvider: State['status'];
  /** What the sweep looks after: the condition of the table's index. */
  readonly needsWork: RawBuilder<unknown>;
}

/** Rows that workers take on lease, and that change only while what the write relies on holds. */
export class PostgresLeasedStore<State extends Leased, Row, Progress extends object>
  implements LeasedStore<State['id'], State>
{
  private readonly table: RawBuilder<unknown>;
  private readonly update: LeasedUpdate;

  constructor(
    protected readonly database: Kysely<Tables>,
    private readonly kind: LeasedTable<State, Row>,
  ) {
    this.table = sql.table(kind.table);
    this.update = updates[kind.table];
  }

  async find(id: State['id']): Promise<State | null> {
    return isUuid(id) ? this.first(sql`id = ${id}`) : null;
  }

  async beginningWith(letters: string, limit: number): Promise<State['id'][]> {
    const range = uuidsFrom(letters);
    if (range === null) return [];
    const { rows } = await sql<{ id: State['id'] }>`
      select id from ${this.table} where id between ${range.least} and ${range.most} order by id limit ${limit}`.execute(
      this.database,
    );
    return rows.map(({ id }) => id);
  }

  async findOwned(owner: UserId, id: State['id']): Promise<State | null> {
    const found = await this.find(id);
    return found?.owner === owner ? found : null;
  }

  findByRequestKey(requestKey: string): Promise<State | null> {
    return this.first(sql`request_key = ${requestKey}`);
  }

  async lock(id: State['id']): Promise<State | null> {
    return isUuid(id) ? this.first(sql`id = ${id} for no key update`) : null;
  }

  async acquire(
    id: State['id'],
    status: State['status'] | readonly State['status'][],
    lease: Lease,
    now: Date,
  ): Promise<State | null> {
    const [row] = await this.rows(sql`
      update ${this.table} set ${taken(lease, now)}
      where id = ${id} and status = any(${[status].flat().map(this.kind.statusWord)}) and ${free(now)}
      returning *`);
    return row ?? null;
  }

  /** An end is written whatever its explanation says: without its words when they cannot be kept. */
  async save(next: State, expected: Precondition<State['status']>, then: Then): Promise<void> {
    const { id, createdAt: _, owner: __, ...columns } = this.kind.toColumns(next);
    const { failure } = columns;
    if (typeof failure !== 'string') return this.write(id, columns, expected, then);
    await withOrWithoutWords(this.database, (words) => {
      const said = words === 'with' ? columns : { ...columns, failure: withoutWords(failure) };
      return this.write(id, said, expected, then);
    });
  }

  async free(id: State['id'], lease: string, checkAfter: Date): Promise<void> {
    await this.run(sql`
      update ${this.table}
      set lease_owner = null, lease_until = null, check_after = ${checkAfter}, tries = 0, last_error = null
      where id = ${id} and lease_owner = ${lease}`);
  }

  async lookAt(ids: readonly State['id'][], seen: Lease, now: Date): Promise<Seen<State['id']>[]> {
    const { rows } = await sql<Seen<State['id']>>`
      update ${this.table} set check_after = ${seen.until}, ${look(seen, now)}
      where id in (
        select id from ${this.table}
        where id = any(${ids}::uuid[]) and status = ${this.kind.statusWord(this.kind.atProvider)}
          and lease_owner is null and seen_by = ${seen.owner}
        order by id for no key update skip locked
      )
      returning id, ticket, waited`.execute(this.database);
    return rows;
  }

  stalled(now: Date, again: Date, limit: number): Promise<State[]> {
    return this.rows(sql`
      update ${this.table} set check_after = ${again}
      where id in (
        select id from ${this.table}
        where ${this.kind.needsWork} and check_after <= ${now} and ${unheld(now)}
        order by check_after
        limit ${limit}
        for no key update skip locked
      )
      returning *`);
  }

  /** All processes do this at once when the database is back: rows are taken in one order. */
  recheck(now: Date): Promise<number> {
    return this.run(sql`
      update ${this.table} set check_after = to_timestamp(0),
        not_before = case when not_before <= ${unlikely(now)} then not_before end
      where id in (
        select id from ${this.table}
        where ${this.kind.needsWork} and lease_owner is null and check_after >
          case when status = ${sql.lit(this.kind.statusWord(this.kind.atProvider))} then ${now}::timestamptz else ${unlikely(now)} end
        order by id for no key update
      )`);
  }

  /** These rows are to be looked at next. */
  async dropLeases(owners: readonly string[]): Promise<number> {
    if (owners.length === 0) return 0;
    return this.run(sql`
      update ${this.table} set lease_owner = null, lease_until = null, check_after = to_timestamp(0)
      where id in (
        select id from ${this.table} where lease_owner = any(${owners}) order by id for no key update)`);
  }

  async putBack(
    id: State['id'],
    worker: string,
    { now, error, counts }: StepFailure,
  ): Promise<number | null> {
    const pause = counts
      ? sql`least(${longestPause}, power(2, greatest(tries - 1, 0)))`
      : sql`${shortPause}::float8`;
    const { rows } = await sql<{ tries: number }>`
      update ${this.table}
      set lease_owner = null, lease_until = null, last_error = ${cut(storable(error), longestError)},
        check_after = ${now}::timestamptz + make_interval(secs => ${pause}),
        tries = ${counts ? sql`tries` : sql`greatest(tries - 1, 0)`}
      where id = ${id} and lease_owner = ${worker}
      returning tries`.execute(this.database);
    return rows[0]?.tries ?? null;
  }

  hopeless(limit: number): Promise<Hopeless<State>[]> {
    return this.withErrors(
      sql`tries >= ${sql.lit(maximumTries)} and lease_owner is null and dead_at is null limit ${limit}`,
    );
  }

  openFor(seconds: number, limit: number): Promise<State[]> {
    return this.where(
      sql`${this.kind.isOpen} and waited >= ${seconds} and lease_owner is null and dead_at is null
        limit ${limit}`,
    );
  }

  async markDead(id: State['id'], since: Date | null): Promise<void> {
    await this.run(sql`update ${this.table} set dead_at = ${since} where id = ${id}`);
  }

  async findDead(id: State['id']): Promise<Hopeless<State> | null> {
    if (!isUuid(id)) return null;
    return (await this.withErrors(sql`id = ${id} and dead_at is not null`))[0] ?? null;
  }

  dead(limit: number): Promise<Hopeless<State>[]> {
    return this.withErrors(sql`dead_at is not null order by dead_at desc limit ${limit}`);
  }

  async waited(id: State['id']): Promise<number> {
    const { rows } = await sql<{ waited: number }>`
      select waited from ${this.table} where id = ${id}`.execute(this.database);
    return rows[0]?.waited ?? 0;
  }

  async reportProgress(id: State['id'], progress: Progress): Promise<void> {
    await this.run(sql`update ${this.table} set progress = ${JSON.stringify(progress)} where id = ${id}`);
  }

  async progressOf(id: State['id']): Promise<Progress | null> {
    if (!isUuid(id)) return null;
    const { rows } = await sql<{ progress: Progress | null }>`
      select progress from ${this.table} where id = ${id}`.execute(this.database);
    return rows[0]?.progress ?? null;
  }

  protected async first(condition: RawBuilder<unknown>): Promise<State | null> {
    return (await this.where(condition))[0] ?? null;
  }

  protected where(condition: RawBuilder<unknown>): Promise<State[]> {
    return this.rows(sql`select * from ${this.table} where ${condition}`);
  }

  /** @param statement that returns whole rows */
  protected async rows(statement: RawBuilder<unknown>): Promise<State[]> {
    const { rows } = await statement.$castTo<Row>().execute(this.database);
    return rows.map((row) => this.kind.toState(row));
  }

  /** Returns how many rows it changed. */
  protected async run(statement: RawBuilder<unknown>): Promise<number> {
    return Number((await statement.execute(this.database)).numAffectedRows);
  }

  private async write(
    id: string,
    columns: Columns,
    expected: Precondition<State['status']>,
    then: Then,
  ): Promise<void> {
    const relied = { ...expected, status: this.kind.statusWord(expected.status) };
    const { text, parameters } = this.update.of(id, columns, relied, then);
    const { numAffectedRows } = await this.database.executeQuery(CompiledQuery.raw(text, [...parameters]));
    const written = Number(numAffectedRows);
    if (written !== 1)
      throw new StaleWrite(`${id} of ${this.kind.table} is no longer ${expected.status} and mine`);
  }

  private async withErrors(condition: RawBuilder<unknown>): Promise<Hopeless<State>[]> {
    const { rows } = await sql<Row & { lastError: string | null }>`
      select * from ${this.table} where ${condition}`.execute(this.database);
    return rows.map((row) => ({ row: this.kind.toState(row), error: row.lastError }));
  }
}
