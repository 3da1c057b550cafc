import { type Kysely, sql } from 'kysely';
import { type Lease, Superseded } from '../../application/ports/stores/generation-store.js';
import type {
  TrainingBelief,
  TrainingProgress,
  TrainingStore,
} from '../../application/ports/stores/training-store.js';
import type { AvatarId, TrainingId, UserId } from '../../domain/ids.js';
import { openTrainingStatuses, type Training, type TrainingStatus } from '../../domain/training.js';
import type { TrainingSpeed } from '../../domain/training-order.js';
import type { Tables } from './tables.js';
import { stalledTrainings, typicalTraining } from './training-queries.js';
import { toTraining, trainingColumns } from './training-rows.js';

export class PostgresTrainingStore implements TrainingStore {
  constructor(private readonly database: Kysely<Tables>) {}

  async add(training: Training, requestKey?: string): Promise<Training> {
    const row = await this.database
      .insertInto('trainings')
      .values({
        ...trainingColumns(training),
        check_after: training.createdAt,
        request_key: requestKey ?? null,
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

  async findByRequestKey(requestKey: string): Promise<Training | null> {
    const row = await this.rows().where('request_key', '=', requestKey).executeTakeFirst();
    return row === undefined ? null : toTraining(row);
  }

  async find(id: TrainingId): Promise<Training | null> {
    const row = await this.rows().where('id', '=', id).executeTakeFirst();
    return row === undefined ? null : toTraining(row);
  }

  async findOwned(owner: UserId, id: TrainingId): Promise<Training | null> {
    const found = await this.find(id);
    return found?.owner === owner ? found : null;
  }

  async lock(id: TrainingId): Promise<Training | null> {
    const row = await this.rows().where('id', '=', id).forNoKeyUpdate().executeTakeFirst();
    return row === undefined ? null : toTraining(row);
  }

  async ofAvatar(avatar: AvatarId): Promise<Training[]> {
    return (await this.newestFirst().where('avatar', '=', avatar).execute()).map(toTraining);
  }

  async ofOwner(owner: UserId): Promise<Training[]> {
    return (await this.newestFirst().where('owner', '=', owner).execute()).map(toTraining);
  }

  async claim(id: TrainingId, status: TrainingStatus, lease: Lease, now: Date): Promise<Training | null> {
    const row = await this.database
      .updateTable('trainings')
      .set({ lease_owner: lease.owner, lease_until: lease.until, check_after: lease.until })
      .where('id', '=', id)
      .where('status', '=', status)
      .where((is) => is.or([is('lease_until', 'is', null), is('lease_until', '<', now)]))
      .returningAll()
      .executeTakeFirst();
    return row === undefined ? null : toTraining(row);
  }

  async save(
    next: Training,
    believed: TrainingBelief,
    then: { checkAfter: Date; lease?: Lease | undefined },
  ): Promise<void> {
    const { id, created_at: _, owner: __, ...columns } = trainingColumns(next);
    let query = this.database
      .updateTable('trainings')
      .set({
        ...columns,
        lease_owner: then.lease?.owner ?? null,
        lease_until: then.lease?.until ?? null,
        check_after: then.checkAfter,
      })
      .where('id', '=', id)
      .where('status', '=', believed.status);
    if (believed.lease !== undefined) query = query.where('lease_owner', '=', believed.lease);
    if (believed.submits !== undefined) query = query.where('submits', '=', believed.submits);
    const { numUpdatedRows } = await query.executeTakeFirstOrThrow();
    if (numUpdatedRows !== 1n)
      throw new Superseded(`training ${id} is no longer ${believed.status} and mine`);
  }

  async release(id: TrainingId, lease: string, checkAfter: Date): Promise<void> {
    await this.database
      .updateTable('trainings')
      .set({ lease_owner: null, lease_until: null, check_after: checkAfter })
      .where('id', '=', id)
      .where('lease_owner', '=', lease)
      .execute();
  }

  async reportProgress(id: TrainingId, progress: TrainingProgress): Promise<void> {
    await this.database
      .updateTable('trainings')
      .set({ progress: JSON.stringify(progress) })
      .where('id', '=', id)
      .execute();
  }

  async progressOf(id: TrainingId): Promise<TrainingProgress | null> {
    const row = await this.database
      .selectFrom('trainings')
      .select('progress')
      .where('id', '=', id)
      .executeTakeFirst();
    return row?.progress ?? null;
  }

  async typicalSeconds(speed: TrainingSpeed): Promise<number | null> {
    const { rows } = await typicalTraining(speed).execute(this.database);
    return rows[0]?.seconds ?? null;
  }

  async stalled(now: Date, again: Date, limit: number): Promise<Training[]> {
    const { rows } = await stalledTrainings(now, again, limit).execute(this.database);
    return rows.map(toTraining);
  }

  async dropLeases(owners: readonly string[]): Promise<number> {
    if (owners.length === 0) return 0;
    const { numUpdatedRows } = await this.database
      .updateTable('trainings')
      .set({ lease_owner: null, lease_until: null, check_after: sql`to_timestamp(0)` })
      .where('lease_owner', 'in', owners)
      .executeTakeFirstOrThrow();
    return Number(numUpdatedRows);
  }

  private async openOf(avatar: AvatarId): Promise<Training | null> {
    const row = await this.rows()
      .where('avatar', '=', avatar)
      .where('status', 'in', openTrainingStatuses)
      .executeTakeFirst();
    return row === undefined ? null : toTraining(row);
  }

  private newestFirst() {
    return this.rows().orderBy('created_at', 'desc').orderBy('id', 'desc');
  }

  private rows() {
    return this.database.selectFrom('trainings').selectAll();
  }
}
