import type { Kysely, Selectable } from 'kysely';
import type { Hopeless, StepFailure } from '../../../../application/ports/stores/jobs/leased-store.js';
import type { Lease, Precondition, Then } from '../../../../application/ports/stores/jobs/leases.js';
import type { TrainingProgress, TrainingStore } from '../../../../application/ports/stores/training-store.js';
import type { AvatarId, TrainingId, UserId } from '../../../../domain/ids.js';
import {
  openTrainingStatuses,
  type Training,
  type TrainingStatus,
} from '../../../../domain/training/training.js';
import type { TrainingSpeed } from '../../../../domain/training/training-order.js';
import type { Tables } from '../../schema/tables.js';
import { LeasedRows } from './leased-rows.js';
import { recheckTrainings, stalledTrainings, typicalTraining } from './training-queries.js';
import { toTraining, trainingColumns } from './training-rows.js';

export class PostgresTrainingStore implements TrainingStore {
  private readonly leased: LeasedRows<Selectable<Tables['trainings']>>;

  constructor(private readonly database: Kysely<Tables>) {
    this.leased = new LeasedRows(database, 'trainings');
  }

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

  async acquire(
    id: TrainingId,
    status: TrainingStatus | readonly TrainingStatus[],
    lease: Lease,
    now: Date,
  ): Promise<Training | null> {
    const row = await this.leased.acquire(id, [status].flat(), lease, now);
    return row === undefined ? null : toTraining(row);
  }

  async save(next: Training, expected: Precondition<TrainingStatus>, then: Then): Promise<void> {
    const { id, created_at: _, owner: __, ...columns } = trainingColumns(next);
    await this.leased.save(id, columns, expected, then);
  }

  free(id: TrainingId, lease: string, checkAfter: Date): Promise<void> {
    return this.leased.free(id, lease, checkAfter);
  }

  reportProgress(id: TrainingId, progress: TrainingProgress): Promise<void> {
    return this.leased.reportProgress(id, progress);
  }

  progressOf(id: TrainingId): Promise<TrainingProgress | null> {
    return this.leased.progressOf<TrainingProgress>(id);
  }

  async typicalSeconds(speed: TrainingSpeed): Promise<number | null> {
    const { rows } = await typicalTraining(speed).execute(this.database);
    return rows[0]?.seconds ?? null;
  }

  async stalled(now: Date, again: Date, limit: number): Promise<Training[]> {
    const { rows } = await stalledTrainings(now, again, limit).execute(this.database);
    return rows.map(toTraining);
  }

  async recheck(now: Date): Promise<number> {
    const { rows } = await recheckTrainings(now).execute(this.database);
    return Number(rows[0]?.due ?? 0);
  }

  putBack(id: TrainingId, worker: string, failure: StepFailure): Promise<number | null> {
    return this.leased.putBack(id, worker, failure);
  }

  async hopeless(limit: number): Promise<Hopeless<Training>[]> {
    return (await this.leased.hopeless(limit)).map(toHopeless);
  }

  async openFor(seconds: number, limit: number): Promise<Training[]> {
    return (await this.leased.openFor(seconds, openTrainingStatuses, limit)).map(toTraining);
  }

  markDead(id: TrainingId, since: Date | null): Promise<void> {
    return this.leased.markDead(id, since);
  }

  async dead(limit: number): Promise<Hopeless<Training>[]> {
    return (await this.leased.dead(limit)).map(toHopeless);
  }

  waited(id: TrainingId): Promise<number> {
    return this.leased.waited(id);
  }

  dropLeases(owners: readonly string[]): Promise<number> {
    return this.leased.dropLeases(owners);
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

const toHopeless = ({ row, error }: Hopeless<Selectable<Tables['trainings']>>): Hopeless<Training> => ({
  row: toTraining(row),
  error,
});
