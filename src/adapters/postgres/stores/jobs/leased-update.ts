import type { Precondition, Then } from '../../../../application/ports/stores/jobs/leases.js';
import type { Columns } from './leased-rows.js';

/** A statement whose text is the same for every row, and what it is asked with. */
export interface FixedStatement {
  readonly text: string;
  readonly parameters: readonly unknown[];
}

/**
 * Writes the next state of a row, on the conditions that it relies on. Steps are written so often that the text is put
 * together once for a table; the first thirteen parameters are the same for all.
 */
export class LeasedUpdate {
  private readonly texts = new Map<string, string>();

  constructor(private readonly table: 'generations' | 'trainings') {}

  of(
    id: string,
    columns: Columns,
    { status, lease: holder, submits }: Precondition<string>,
    { checkAfter, lease, dead }: Then,
  ): FixedStatement {
    const changed = Object.keys(columns);
    const parameters = [
      ...[id, status, holder ?? null, submits ?? null],
      ...[lease?.owner ?? null, lease?.until ?? null, checkAfter, dead ?? null],
      ...[lease?.from?.at ?? null, lease?.from?.ticks ?? null],
      ...[columns.status, columns.ambiguousAt, isBack(columns)],
      ...changed.map((column) => columns[column]),
    ];
    return { text: this.textOf(changed), parameters };
  }

  private textOf(changed: readonly string[]): string {
    const key = changed.join();
    const text = this.texts.get(key) ?? textOf(this.table, changed);
    this.texts.set(key, text);
    return text;
  }
}

/** One that goes back into the queue may have lain for days: nobody has looked at it yet. */
const isBack = ({ status }: Columns): boolean => status === 'accepted' || status === 'collecting';

/**
 * In another state, or from the moment of a doubt, another time is waited for, and the row is no longer given up. A step
 * that has ended begins to count its tries anew; one that goes on, with a lease, keeps its count.
 */
function textOf(table: string, changed: readonly string[]): string {
  const same = '(status = $11::text and ambiguous_at is not distinct from $12::timestamptz)';
  const seen = (column: string, now: string) =>
    `${column} = case when $9::timestamptz is not null then ${now} when $13::boolean and not ${same} then null else ${column} end`;
  const set = changed.map((column, index) => `${inSql(column)} = $${index + 14}`);
  return `update ${table} set ${set.join(', ')},
    lease_owner = $5::text, lease_until = $6::timestamptz, check_after = $7::timestamptz,
    tries = case when $5::text is null then 0 else tries end,
    last_error = case when $5::text is null then null else last_error end,
    waited = case when ${same} then waited else 0 end,
    ${seen('seen_by', '$5::text')}, ${seen('seen_at', '$9::timestamptz')}, ${seen('seen_ticks', '$10::float8')},
    dead_at = case when $8::timestamptz is not null then $8::timestamptz when status = $11::text then dead_at end
    where id = $1::uuid and status = $2::text and ($3::text is null or lease_owner = $3::text)
      and ($4::integer is null or submits = $4::integer)`;
}

export const inSql = (column: string): string =>
  `"${column.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}"`;
