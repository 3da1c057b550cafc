import { type Kysely, type RawBuilder, sql } from 'kysely';
import { maximumTries } from '../../../../application/policy/policy.js';
import type { Hopeless, StepFailure } from '../../../../application/ports/stores/jobs/leased-store.js';
import {
  type Lease,
  type Precondition,
  StaleWrite,
  type Then,
} from '../../../../application/ports/stores/jobs/leases.js';
import type { Failure } from '../../../../domain/failure.js';
import { cut } from '../../../../domain/text/cut-text.js';
import { storable } from '../../../../domain/text/storable-text.js';
import type { Tables } from '../../schema/tables.js';
import { unheld } from './generation-queries.js';
import { withOrWithoutWords } from './refused-content.js';

type Columns = Readonly<Record<string, unknown>>;

/** Between looks of two processes, or before and after a start, no more than this is counted, whatever clocks say. */
const longestBetween = 20;
const longestPause = 300;
/** Where it was not the row's fault. */
const shortPause = 2;
const longestError = 2000;

/** A failure's JSON that says which kind it was, and no more. */
const withoutWords = (failure: string): string =>
  JSON.stringify({ ...(JSON.parse(failure) as Failure), detail: 'said in words that cannot be kept' });

/** Counts what has passed since the last look: by ticks if that was the same process, else by clocks, and not for long. */
export const look = ({ owner, from }: Lease, now: Date) => sql`
  waited = waited + case
      when seen_by = ${owner} and seen_ticks is not null and ${from?.ticks ?? null}::float8 is not null
        then greatest(${from?.ticks ?? null}::float8 - seen_ticks, 0)
      else coalesce(least(greatest(extract(epoch from ${now}::timestamptz - seen_at)::float8, 0), ${longestBetween}), 0)
    end,
  seen_by = ${owner}, seen_ticks = ${from?.ticks ?? null}, seen_at = ${now}`;

/**
 * In another state, or from the moment of a doubt, another time is waited for, and the row is no longer given up. One
 * that goes back into line may have lain for days: nobody has looked at it yet.
 */
function anew({ status, ambiguous_at: doubt }: Columns, { lease, dead }: Then): RawBuilder<unknown> {
  const isSame = sql`status = ${status} and ambiguous_at is not distinct from ${doubt}::timestamptz`;
  const isBack = status === 'accepted' || status === 'collecting';
  const seen = lease?.from;
  const kept = (column: string) =>
    isBack ? sql`case when ${isSame} then ${sql.ref(column)} end` : sql.ref(column);
  return sql`
    waited = case when ${isSame} then waited else 0 end,
    seen_by = ${seen === undefined ? kept('seen_by') : sql`${lease?.owner}`},
    seen_at = ${seen === undefined ? kept('seen_at') : sql`${seen.at}::timestamptz`},
    seen_ticks = ${seen === undefined ? kept('seen_ticks') : sql`${seen.ticks}::float8`},
    dead_at = ${dead === undefined ? sql`case when status = ${status} then dead_at end` : sql`${dead}::timestamptz`}`;
}

/** Rows that workers take on lease, and that change only while what the write relies on holds. */
export class LeasedRows<Row> {
  private readonly table: RawBuilder<unknown>;

  constructor(
    private readonly database: Kysely<Tables>,
    private readonly name: 'generations' | 'trainings',
  ) {
    this.table = sql.table(name);
  }

  async acquire(id: string, statuses: readonly string[], lease: Lease, now: Date): Promise<Row | undefined> {
    const { rows } = await sql<Row>`
      update ${this.table}
      set lease_owner = ${lease.owner}, lease_until = ${lease.until}, check_after = ${lease.until},
        tries = tries + 1, ${look(lease, now)}
      where id = ${id} and status = any(${statuses}) and ${unheld(now)}
        and tries < ${maximumTries}
      returning *`.execute(this.database);
    return rows[0];
  }

  /**
   * An end is written whatever its explanation says: without its words when they cannot be kept.
   * @throws StaleWrite when its precondition does not hold
   */
  async save(id: string, columns: Columns, expected: Precondition<string>, then: Then): Promise<void> {
    const { failure } = columns;
    if (typeof failure !== 'string') return this.write(id, columns, expected, then);
    await withOrWithoutWords(this.database, (words) => {
      const said = words === 'with' ? columns : { ...columns, failure: withoutWords(failure) };
      return this.write(id, said, expected, then);
    });
  }

  private async write(
    id: string,
    columns: Columns,
    expected: Precondition<string>,
    then: Then,
  ): Promise<void> {
    const changes = {
      ...columns,
      lease_owner: then.lease?.owner ?? null,
      lease_until: then.lease?.until ?? null,
      check_after: then.checkAfter,
      // A step that ended; one that goes on keeps its count.
      ...(then.lease === undefined ? { tries: 0, last_error: null } : {}),
    };
    const set = Object.entries(changes).map(([column, value]) => sql`${sql.ref(column)} = ${value}`);
    const { lease = null, submits = null } = expected;
    const { numAffectedRows } = await sql`
      update ${this.table} set ${sql.join(set)}, ${anew(columns, then)}
      where id = ${id} and status = ${expected.status}
        and (${lease}::text is null or lease_owner = ${lease})
        and (${submits}::integer is null or submits = ${submits})`.execute(this.database);
    if (numAffectedRows !== 1n)
      throw new StaleWrite(`${id} of ${this.name} is no longer ${expected.status} and mine`);
  }

  async free(id: string, lease: string, checkAfter: Date): Promise<void> {
    await sql`
      update ${this.table}
      set lease_owner = null, lease_until = null, check_after = ${checkAfter}, tries = 0, last_error = null
      where id = ${id} and lease_owner = ${lease}`.execute(this.database);
  }

  async putBack(id: string, worker: string, { now, error, counts }: StepFailure): Promise<number | null> {
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

  async hopeless(limit: number): Promise<Hopeless<Row>[]> {
    return this.withErrors(
      sql`tries >= ${sql.lit(maximumTries)} and lease_owner is null and dead_at is null limit ${limit}`,
    );
  }

  /** @param open of the states, those that are */
  async openFor(seconds: number, open: readonly string[], limit: number): Promise<Row[]> {
    const { rows } = await sql<Row>`
      select * from ${this.table}
      where status = any(${open}) and waited >= ${seconds} and lease_owner is null and dead_at is null
      limit ${limit}`.execute(this.database);
    return rows;
  }

  async markDead(id: string, since: Date | null): Promise<void> {
    await sql`update ${this.table} set dead_at = ${since} where id = ${id}`.execute(this.database);
  }

  dead(limit: number): Promise<Hopeless<Row>[]> {
    return this.withErrors(sql`dead_at is not null order by dead_at desc limit ${limit}`);
  }

  async waited(id: string): Promise<number> {
    const { rows } = await sql<{ waited: number }>`
      select waited from ${this.table} where id = ${id}`.execute(this.database);
    return rows[0]?.waited ?? 0;
  }

  /** Frees what these hold, to be looked at next. Returns how many rows that were. */
  async dropLeases(owners: readonly string[]): Promise<number> {
    if (owners.length === 0) return 0;
    const { numAffectedRows } = await sql`
      update ${this.table} set lease_owner = null, lease_until = null, check_after = to_timestamp(0)
      where id in (
        select id from ${this.table} where lease_owner = any(${owners}) order by id for no key update)`.execute(
      this.database,
    );
    return Number(numAffectedRows);
  }

  async reportProgress(id: string, progress: object): Promise<void> {
    await sql`update ${this.table} set progress = ${JSON.stringify(progress)} where id = ${id}`.execute(
      this.database,
    );
  }

  async progressOf<Progress>(id: string): Promise<Progress | null> {
    const { rows } = await sql<{ progress: Progress | null }>`
      select progress from ${this.table} where id = ${id}`.execute(this.database);
    return rows[0]?.progress ?? null;
  }

  private async withErrors(condition: RawBuilder<unknown>): Promise<Hopeless<Row>[]> {
    const { rows } = await sql<Row & { last_error: string | null }>`
      select * from ${this.table} where ${condition}`.execute(this.database);
    return rows.map((row) => ({ row, error: row.last_error }));
  }
}
