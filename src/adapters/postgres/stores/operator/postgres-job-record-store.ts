import { type Kysely, type Selectable, sql } from 'kysely';
import type {
  HeardEvent,
  JobRecord,
  JobRecordStore,
} from '../../../../application/ports/stores/operator/job-record-store.js';
import { type Generation, ledgerReference, referenceOf } from '../../../../domain/generation/generation.js';
import type { GenerationId, TrainingId } from '../../../../domain/ids.js';
import { type Training, trainingAccount, trainingReference } from '../../../../domain/training/training.js';
import type { Tables } from '../../schema/tables.js';
import { toGeneration } from '../jobs/generation-rows.js';
import { toTraining } from '../jobs/training-rows.js';
import { toImageRow } from '../postgres-image-store.js';

/** One statement for the job, then one for each table that tells of it: all by index, and side by side. */
export class PostgresJobRecordStore implements JobRecordStore {
  constructor(private readonly database: Kysely<Tables>) {}

  async ofGeneration(id: GenerationId): Promise<JobRecord<Generation> | null> {
    const row = await this.database
      .selectFrom('generations')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirst();
    if (row === undefined) return null;
    const job = toGeneration(row);
    const runs = Array.from({ length: job.run + 1 }, (_, run) => ledgerReference({ ...job, run }));
    const [entries, events, images, message, followUp] = await Promise.all([
      this.entries(runs),
      this.events(calls(job.submits, (call) => referenceOf(job, call))),
      this.images(id),
      this.message(id),
      this.followUp(id),
    ]);
    return { job, ...stepsOf(row), entries, events, images, message, followUp };
  }

  async ofTraining(id: TrainingId): Promise<JobRecord<Training> | null> {
    const row = await this.database
      .selectFrom('trainings')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirst();
    if (row === undefined) return null;
    const job = toTraining(row);
    const [entries, events] = await Promise.all([
      this.entries([trainingAccount(job)]),
      this.events(calls(job.submits, (call) => trainingReference(job, call))),
    ]);
    return { job, ...stepsOf(row), entries, events, images: [], message: null, followUp: null };
  }

  private async entries(accounts: readonly string[]): Promise<JobRecord<unknown>['entries']> {
    const rows = await this.database
      .selectFrom('ledger_entries')
      .select(['userId as user', 'kind', 'amount', 'reason', 'at'])
      .where('account', 'in', accounts)
      .orderBy('id')
      .execute();
    return rows;
  }

  private async events(references: readonly string[]): Promise<HeardEvent[]> {
    if (references.length === 0) return [];
    return this.database
      .selectFrom('receipts')
      .select(['requestId', 'reference', 'ticket', 'receivedAt'])
      .select(sql<HeardEvent['outcome']>`outcome ->> 'kind'`.as('outcome'))
      .where('reference', 'in', references)
      .orderBy('receivedAt')
      .execute();
  }

  private async images(id: GenerationId): Promise<JobRecord<unknown>['images']> {
    const rows = await this.database
      .selectFrom('images')
      .selectAll()
      .where('generation', '=', id)
      .orderBy('position')
      .execute();
    return rows.map((row) => ({ ...toImageRow(row), deletedAt: row.deletedAt }));
  }

  private async message(id: GenerationId): Promise<JobRecord<unknown>['message']> {
    const row = await this.database
      .selectFrom('job_messages')
      .select(['source', 'shownAt', 'draftedAt'])
      .where('generation', '=', id)
      .executeTakeFirst();
    return row ?? null;
  }

  private async followUp(id: GenerationId): Promise<JobRecord<unknown>['followUp']> {
    const row = await this.database
      .selectFrom('follow_ups')
      .select(['source', 'takenAt'])
      .where('generation', '=', id)
      .executeTakeFirst();
    return row ?? null;
  }
}

const calls = (count: number, name: (call: number) => string): string[] =>
  Array.from({ length: count }, (_, index) => name(index + 1));

const stepsOf = (
  row: Pick<Selectable<Tables['trainings']>, 'tries' | 'lastError' | 'deadAt' | 'leaseOwner'>,
) => ({ tries: row.tries, lastError: row.lastError, deadAt: row.deadAt, holder: row.leaseOwner });
