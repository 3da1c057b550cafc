import type { Insertable, Selectable } from 'kysely';
import type { Generation } from '../../../../domain/generation/generation.js';
import type { Training } from '../../../../domain/training/training.js';
import type { JobColumns } from '../../schema/training-tables.js';

type Job = Generation | Training;
type Row = Selectable<JobColumns<Job, unknown, string>>;
/** Those that say nothing of the job itself are left to the store. */
export type Columns<Table> = Omit<Insertable<Table>, 'turn' | 'check_after' | 'progress' | 'request_key'>;

/** A column that its state requires; the table's own rules are weaker than the union's. */
export function present<Columns extends Pick<Row, 'id' | 'status'>, Name extends keyof Columns & string>(
  row: Columns,
  column: Name,
): NonNullable<Columns[Name]> {
  const value = row[column];
  if (value == null) throw new Error(`${row.id} is ${row.status} but has no ${column}`);
  return value;
}

/** Of a job in any state. */
export function basicsOf<Kind extends Row>(row: Kind): Pick<Kind, 'id' | 'avatar' | 'order'> & Basics {
  const { id, owner, avatar, order, price, origin, created_at: createdAt, submits, doubts } = row;
  return { id, owner, avatar, order, price, origin, createdAt, submits, doubts };
}

type Basics = Pick<Job, 'owner' | 'price' | 'origin' | 'createdAt' | 'submits' | 'doubts'>;

export const submittingOf = (row: Row) => ({
  startedAt: present(row, 'submitting_at'),
  ambiguousAt: row.ambiguous_at,
});

export const sentOf = (row: Row) => ({
  ticket: present(row, 'ticket'),
  submittedAt: present(row, 'submitted_at'),
});

export const endedOf = (row: Row) => ({
  ticket: row.ticket,
  endedAt: present(row, 'ended_at'),
  announcedAt: row.announced_at,
});

/** What the two kinds of job have in common. */
export const jobColumns = <Id, Avatar, Status>(
  job: Job & { readonly id: Id; readonly avatar: Avatar; readonly status: Status },
) => ({
  ...stateColumns(job),
  id: job.id,
  owner: job.owner,
  avatar: job.avatar,
  order: JSON.stringify(job.order),
  price: job.price,
  origin: JSON.stringify(job.origin),
  created_at: job.createdAt,
  submits: job.submits,
  doubts: job.doubts,
  status: job.status,
});

const stateColumns = (job: Job) => ({
  not_before: job.status === 'accepted' ? job.notBefore : null,
  submitting_at: job.status === 'submitting' ? job.startedAt : null,
  ambiguous_at: job.status === 'submitting' ? job.ambiguousAt : null,
  ticket: 'ticket' in job ? job.ticket : null,
  submitted_at: 'submittedAt' in job ? job.submittedAt : null,
  fetch_failures: job.status === 'submitted' || job.status === 'training' ? job.fetchFailures : null,
  ended_at: 'endedAt' in job ? job.endedAt : null,
  announced_at: 'announcedAt' in job ? job.announcedAt : null,
  failure: job.status === 'failed' ? JSON.stringify(job.failure) : null,
});
