import { type Kysely, sql } from 'kysely';
import {
  type Leftover,
  type Leftovers,
  leftoverDays,
} from '../../../../application/ports/stores/jobs/leftovers.js';
import { secondsAfter } from '../../../../domain/time.js';
import type { Tables } from '../../schema/tables.js';
import { deleteFree } from '../delete-free.js';

/** The table of each kind (some have the names of earlier releases), and what makes a row of it too old. */
const kinds: Readonly<
  Record<Leftover, { readonly table: string; readonly since: string; readonly only?: string }>
> = {
  webhooks: { table: 'receipts', since: 'received_at' },
  forms: { table: 'wishes', since: 'created_at' },
  galleryViews: { table: 'gallery_views', since: 'created_at' },
  pendingReplies: { table: 'expectations', since: 'created_at' },
  jobMessages: { table: 'job_messages', since: 'shown_at' },
  refusals: { table: 'refused_submits', since: 'latest' },
  queueJobs: {
    table: 'graphile_worker._private_jobs',
    since: 'run_at',
    only: 'attempts >= max_attempts and locked_at is null',
  },
};

const none: Readonly<Record<Leftover, number>> = {
  webhooks: 0,
  forms: 0,
  galleryViews: 0,
  pendingReplies: 0,
  jobMessages: 0,
  refusals: 0,
  queueJobs: 0,
};

export class PostgresLeftovers implements Leftovers {
  constructor(private readonly database: Kysely<Tables>) {}

  async forget(now: Date, atMost: number): Promise<Readonly<Record<Leftover, number>>> {
    const gone: Record<Leftover, number> = { ...none };
    for (const [name, days] of Object.entries(leftoverDays)) {
      const kind = name as Leftover;
      gone[kind] = await this.forgetKind(kind, secondsAfter(now, -days * 86_400), atMost);
    }
    return gone;
  }

  private async forgetKind(kind: Leftover, before: Date, atMost: number): Promise<number> {
    const { table, since, only = 'true' } = kinds[kind];
    const isOver = sql`${sql.raw(since)} < ${before} and ${sql.raw(only)}`;
    const { numAffectedRows } = await deleteFree(table, isOver, atMost).execute(this.database);
    return Number(numAffectedRows);
  }
}
