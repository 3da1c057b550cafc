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
  followUps: { table: 'follow_ups', since: 'taken_at' },
  refusals: { table: 'refused_submits', since: 'latest' },
  intents: { table: 'operator_intents', since: 'made_at' },
  cases: { table: 'moderation_cases', since: 'decided_at' },
  apiRequests: { table: 'api_requests', since: 'created_at' },
  queueJobs: {
    table: 'graphile_worker._private_jobs',
    since: 'run_at',
    only: 'attempts >= max_attempts and locked_at is null',
  },
};

export class PostgresLeftovers implements Leftovers {
  constructor(private readonly database: Kysely<Tables>) {}

  async forget(now: Date, atMost: number): Promise<Readonly<Record<Leftover, number>>> {
    const gone: [string, number][] = [];
    for (const [kind, days] of Object.entries(leftoverDays)) {
      const { table, since, only = 'true' } = kinds[kind as Leftover];
      const isOver = sql`${sql.raw(since)} < ${secondsAfter(now, -days * 86_400)} and ${sql.raw(only)}`;
      const { numAffectedRows } = await deleteFree(table, isOver, atMost).execute(this.database);
      gone.push([kind, Number(numAffectedRows)]);
    }
    return Object.fromEntries(gone) as Record<Leftover, number>;
  }
}
