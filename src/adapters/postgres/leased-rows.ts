import { type Kysely, type RawBuilder, sql } from 'kysely';
import { type Lease, Superseded } from '../../application/ports/stores/generation-store.js';
import type { Failure } from '../../domain/failure.js';
import { withOrWithoutWords } from './refused-content.js';
import type { Tables } from './tables.js';

/** What a writer believes of the row that it is about to change. */
interface Belief {
  readonly status: string;
  readonly lease?: string | undefined;
  readonly submits?: number | undefined;
}

type Columns = Readonly<Record<string, unknown>>;
type Then = { readonly checkAfter: Date; readonly lease?: Lease | undefined };

/** A failure's JSON that says which kind it was, and no more. */
const withoutWords = (failure: string): string =>
  JSON.stringify({ ...(JSON.parse(failure) as Failure), detail: 'said in words that cannot be kept' });

/** Rows that workers take on lease, and that change only as long as what their holder believes of them is true. */
export class LeasedRows<Row> {
  private readonly table: RawBuilder<unknown>;

  constructor(
    private readonly database: Kysely<Tables>,
    private readonly name: 'generations' | 'trainings',
  ) {
    this.table = sql.table(name);
  }

  async claim(id: string, statuses: readonly string[], lease: Lease, now: Date): Promise<Row | undefined> {
    const { rows } = await sql<Row>`
      update ${this.table}
      set lease_owner = ${lease.owner}, lease_until = ${lease.until}, check_after = ${lease.until}
      where id = ${id} and status = any(${statuses}) and (lease_until is null or lease_until < ${now})
      returning *`.execute(this.database);
    return rows[0];
  }

  /**
   * An end is written whatever its explanation says: without its words when they cannot be kept.
   * @throws Superseded when the belief is wrong
   */
  async save(id: string, columns: Columns, believed: Belief, then: Then): Promise<void> {
    const { failure } = columns;
    if (typeof failure !== 'string') return this.write(id, columns, believed, then);
    await withOrWithoutWords(this.database, (words) => {
      const said = words === 'with' ? columns : { ...columns, failure: withoutWords(failure) };
      return this.write(id, said, believed, then);
    });
  }

  private async write(id: string, columns: Columns, believed: Belief, then: Then): Promise<void> {
    const changes = {
      ...columns,
      lease_owner: then.lease?.owner ?? null,
      lease_until: then.lease?.until ?? null,
      check_after: then.checkAfter,
    };
    const set = Object.entries(changes).map(([column, value]) => sql`${sql.ref(column)} = ${value}`);
    const { lease = null, submits = null } = believed;
    const { numAffectedRows } = await sql`
      update ${this.table} set ${sql.join(set)}
      where id = ${id} and status = ${believed.status}
        and (${lease}::text is null or lease_owner = ${lease})
        and (${submits}::integer is null or submits = ${submits})`.execute(this.database);
    if (numAffectedRows !== 1n)
      throw new Superseded(`${id} of ${this.name} is no longer ${believed.status} and mine`);
  }

  async release(id: string, lease: string, checkAfter: Date): Promise<void> {
    await sql`
      update ${this.table} set lease_owner = null, lease_until = null, check_after = ${checkAfter}
      where id = ${id} and lease_owner = ${lease}`.execute(this.database);
  }

  /** Frees what these hold, to be looked at next. Returns how many rows that were. */
  async dropLeases(owners: readonly string[]): Promise<number> {
    if (owners.length === 0) return 0;
    const { numAffectedRows } = await sql`
      update ${this.table} set lease_owner = null, lease_until = null, check_after = to_timestamp(0)
      where lease_owner = any(${owners})`.execute(this.database);
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
}
