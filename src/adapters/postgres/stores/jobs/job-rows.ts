import type { Insertable, Selectable } from 'kysely';
import type { Generation } from '../../../../domain/generation/generation.js';
import type { JobBasics } from '../../../../domain/job.js';
import type { Training } from '../../../../domain/training/training.js';
import type { JobColumns } from '../../schema/training-tables.js';

type Job = Generation | Training;
type Row = Selectable<JobColumns<Job, unknown, string>>;
/** Those that say nothing of the job itself are left to the store. */
export type Columns<Table> = Omit<Insertable<Table>, 'turn' | 'checkAfter' | 'progress' | 'requestKey'>;

/** A column that its state requires; the table's own rules are weaker than the union's. */
export function present<Columns extends Pick<Row, 'id' | 'status'>, Name extends keyof Columns & string>(
  row: Columns,
  column: Name,
): NonNullable<Columns[Name]> {
  const value = row[column];
  if (value == null) throw new Error(`${row.id} is ${row.status} but has no ${column}`);
  return value;
}

/** What the two kinds of job have in common in every state, of a row or of a job. */
export function basicsOf<Kind extends Row | Job>(
  kind: Kind,
): Pick<Kind, 'id' | 'avatar' | 'order'> & JobBasics {
  const { id, owner, avatar, order, price, cost, origin, createdAt, submits, doubts } = kind;
  return { id, owner, avatar, order, price, cost, origin, createdAt, submits, doubts };
}

export const submittingOf = (row: Row) => ({
  startedAt: present(row, 'submittingAt'),
  ambiguousAt: row.ambiguousAt,
});

export const sentOf = (row: Row) => ({
  ticket: present(row, 'ticket'),
  submittedAt: present(row, 'submittedAt'),
});

export const endedOf = (row: Row) => ({
  ticket: row.ticket,
  endedAt: present(row, 'endedAt'),
  announcedAt: row.announcedAt,
});

export const jobColumns = <Kind extends Job>(job: Kind) => ({
  ...basicsOf(job),
  order: JSON.stringify(job.order),
  origin: JSON.stringify(job.origin),
  status: job.status as Kind['status'],
  notBefore: job.status === 'accepted' ? job.notBefore : null,
  submittingAt: job.status === 'submitting' ? job.startedAt : null,
  ambiguousAt: job.status === 'submitting' ? job.ambiguousAt : null,
  ticket: 'ticket' in job ? job.ticket : null,
  submittedAt: 'submittedAt' in job ? job.submittedAt : null,
  fetchFailures: job.status === 'submitted' || job.status === 'training' ? job.fetchFailures : null,
  endedAt: 'endedAt' in job ? job.endedAt : null,
  announcedAt: 'announcedAt' in job ? job.announcedAt : null,
  failure: job.status === 'failed' ? JSON.stringify(job.failure) : null,
});
