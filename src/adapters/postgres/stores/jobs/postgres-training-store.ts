import { type Kysely, type Selectable, sql } from 'kysely';
import type { TrainingProgress, TrainingStore } from '../../../../application/ports/stores/training-store.js';
import type { AvatarId, UserId } from '../../../../domain/ids.js';
import { openTrainingStatuses, statusWord, type Training } from '../../../../domain/training/training.js';
import type { TrainingSpeed } from '../../../../domain/training/training-order.js';
import type { Tables } from '../../schema/tables.js';
import { trainingNeedsWork } from './leased-rows.js';
import { PostgresLeasedStore } from './postgres-leased-store.js';
import { toTraining, trainingColumns } from './training-rows.js';

export class PostgresTrainingStore
  extends PostgresLeasedStore<Training, Selectable<Tables['trainings']>, TrainingProgress>
  implements TrainingStore
{
  constructor(database: Kysely<Tables>) {
    super(database, {
      table: 'trainings',
      toState: toTraining,
      toColumns: trainingColumns,
      statusWord,
      isOpen: sql`status in ('collecting', 'submitting', 'training')`,
      atProvider: 'training',
      needsWork: trainingNeedsWork,
    });
  }

  async add(training: Training, requestKey?: string): Promise<Training> {
    const row = await this.database
      .insertInto('trainings')
      .values({
        ...trainingColumns(training),
        checkAfter: training.createdAt,
        requestKey: requestKey ?? null,
      })
      // By its request key, or by the rule of one open training per avatar.
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst();
    if (row !== undefined) return training;
    const earlier =
      (requestKey === undefined ? null : await this.findByRequestKey(requestKey)) ??
      (await this.openOf(training.avatar));
    if (earlier === null) throw new Error(`training ${training.id} was not added`);
    return earlier;
  }

  ofAvatar(avatar: AvatarId): Promise<Training[]> {
    return this.where(sql`avatar = ${avatar} order by created_at desc, id desc`);
  }

  ofOwner(owner: UserId): Promise<Training[]> {
    return this.where(sql`owner = ${owner} order by created_at desc, id desc`);
  }

  /** The median of the latest 50. */
  async typicalSeconds(speed: TrainingSpeed): Promise<number | null> {
    const { rows } = await sql<{ seconds: number | null }>`
      select percentile_cont(0.5) within group (order by extract(epoch from ready_at - submitted_at)::float8)
        as seconds
      from (
        select ready_at, submitted_at from trainings
        where status = 'ready' and speed = ${speed} order by ready_at desc limit 50
      ) as latest`.execute(this.database);
    return rows[0]?.seconds ?? null;
  }

  private openOf(avatar: AvatarId): Promise<Training | null> {
    return this.first(sql`avatar = ${avatar} and status = any(${openTrainingStatuses.map(statusWord)})`);
  }
}
