import type { Hopeless, StepFailure } from '../../src/application/ports/stores/jobs/leased-store.js';
import {
  type Lease,
  type Precondition,
  StaleWrite,
  type Then,
} from '../../src/application/ports/stores/jobs/leases.js';
import type { TrainingProgress, TrainingStore } from '../../src/application/ports/stores/training-store.js';
import type { AvatarId, TrainingId, UserId } from '../../src/domain/ids.js';
import {
  openTrainingStatuses,
  type Training,
  type TrainingStatus,
} from '../../src/domain/training/training.js';
import type { TrainingSpeed } from '../../src/domain/training/training-order.js';
import { type Access, requireUser, type State } from './in-memory-state.js';
import {
  acquired,
  isFree,
  isFreeToAcquire,
  isHopeless,
  isUnlikely,
  type LeasedRow,
  putBack,
  released,
  unleased,
  written,
} from './leased-row.js';

export interface TrainingRow extends LeasedRow {
  readonly training: Training;
  readonly requestKey: string | null;
  readonly progress: TrainingProgress | null;
}

const open: readonly TrainingStatus[] = openTrainingStatuses;
const isOpen = ({ training }: TrainingRow) => open.includes(training.status);
const rowsOf = ({ training }: State): TrainingRow[] => [...training.rows.values()];

export class InMemoryTrainingStore implements TrainingStore {
  constructor(private readonly access: Access) {}

  add(training: Training, requestKey?: string): Promise<Training> {
    return this.access((state) => {
      const rows = rowsOf(state);
      const earlier =
        rows.find((row) => requestKey !== undefined && row.requestKey === requestKey) ??
        rows.find((row) => isOpen(row) && row.training.avatar === training.avatar);
      if (earlier !== undefined) return earlier.training;
      requireUser(state, training.owner);
      state.training.rows.set(training.id, {
        training,
        requestKey: requestKey ?? null,
        ...unleased(training.createdAt),
        progress: null,
      });
      return training;
    });
  }

  findByRequestKey(requestKey: string): Promise<Training | null> {
    return this.first((row) => row.requestKey === requestKey);
  }

  find(id: TrainingId): Promise<Training | null> {
    return this.first(({ training }) => training.id === id);
  }

  findOwned(owner: UserId, id: TrainingId): Promise<Training | null> {
    return this.first(({ training }) => training.id === id && training.owner === owner);
  }

  /** Transactions run one after another here: nobody else is writing. */
  lock(id: TrainingId): Promise<Training | null> {
    return this.find(id);
  }

  ofAvatar(avatar: AvatarId): Promise<Training[]> {
    return this.newestFirst((training) => training.avatar === avatar);
  }

  ofOwner(owner: UserId): Promise<Training[]> {
    return this.newestFirst((training) => training.owner === owner);
  }

  acquire(id: TrainingId, status: TrainingStatus, lease: Lease, now: Date): Promise<Training | null> {
    return this.access(({ training: { rows }, living }) => {
      const row = rows.get(id);
      if (row === undefined || row.training.status !== status || !isFreeToAcquire(row, now, living))
        return null;
      rows.set(id, acquired(row, lease, now));
      return row.training;
    });
  }

  save(next: Training, expected: Precondition<TrainingStatus>, then: Then): Promise<void> {
    return this.access(({ training: { rows } }) => {
      const row = rows.get(next.id);
      if (row === undefined || !isTrue(expected, row))
        throw new StaleWrite(`training ${next.id} is no longer ${expected.status} and mine`);
      const { owner, createdAt } = row.training;
      const training = { ...next, owner, createdAt };
      rows.set(next.id, { ...written(row, [row.training, next], then), training });
    });
  }

  free(id: TrainingId, lease: string, checkAfter: Date): Promise<void> {
    return this.access(({ training: { rows } }) => {
      const row = rows.get(id);
      if (row?.lease?.owner === lease) rows.set(id, released(row, checkAfter));
    });
  }

  reportProgress(id: TrainingId, progress: TrainingProgress): Promise<void> {
    return this.access(({ training: { rows } }) => {
      const row = rows.get(id);
      if (row !== undefined) rows.set(id, { ...row, progress });
    });
  }

  progressOf(id: TrainingId): Promise<TrainingProgress | null> {
    return this.access(({ training }) => training.rows.get(id)?.progress ?? null);
  }

  typicalSeconds(speed: TrainingSpeed): Promise<number | null> {
    return this.access((state) => {
      const seconds = rowsOf(state)
        .flatMap(({ training }) =>
          training.status === 'ready' && training.speed === speed ? [training] : [],
        )
        .sort((one, other) => other.readyAt.getTime() - one.readyAt.getTime())
        .slice(0, 50)
        .map(({ readyAt, submittedAt }) => (readyAt.getTime() - submittedAt.getTime()) / 1000)
        .sort((one, other) => one - other);
      const [low, high] = [seconds[(seconds.length - 1) >> 1], seconds[seconds.length >> 1]];
      return low === undefined || high === undefined ? null : (low + high) / 2;
    });
  }

  stalled(now: Date, again: Date, limit: number): Promise<Training[]> {
    return this.access((state) => {
      const overdue = rowsOf(state)
        .filter((row) => needsWork(row.training) && row.checkAfter <= now && isFree(row, now, state.living))
        .sort((one, other) => one.checkAfter.getTime() - other.checkAfter.getTime())
        .slice(0, limit);
      for (const row of overdue) state.training.rows.set(row.training.id, { ...row, checkAfter: again });
      return overdue.map(({ training }) => training);
    });
  }

  recheck(now: Date): Promise<number> {
    return this.access((state) => {
      const due = rowsOf(state).filter(
        ({ training, lease, checkAfter }) =>
          lease === null &&
          needsWork(training) &&
          (training.status === 'training' ? checkAfter > now : isUnlikely(checkAfter, now)),
      );
      for (const row of due) {
        const { training } = row;
        const isPutOff =
          training.status === 'collecting' &&
          training.notBefore !== null &&
          isUnlikely(training.notBefore, now);
        state.training.rows.set(training.id, {
          ...row,
          training: isPutOff ? { ...training, notBefore: null } : training,
          checkAfter: new Date(0),
        });
      }
      return due.length;
    });
  }

  putBack(id: TrainingId, worker: string, failure: StepFailure): Promise<number | null> {
    return this.access((state) => {
      const row = state.training.rows.get(id);
      if (row?.lease?.owner !== worker) return null;
      const next = putBack(row, failure);
      state.training.rows.set(id, next);
      return next.tries;
    });
  }

  hopeless(limit: number): Promise<Hopeless<Training>[]> {
    return this.access((state) =>
      rowsOf(state)
        .filter(isHopeless)
        .slice(0, limit)
        .map(({ training, error }) => ({ row: training, error })),
    );
  }

  openFor(seconds: number, limit: number): Promise<Training[]> {
    return this.access((state) =>
      rowsOf(state)
        .filter((row) => isOpen(row) && row.waited >= seconds && row.lease === null && row.deadAt === null)
        .slice(0, limit)
        .map(({ training }) => training),
    );
  }

  markDead(id: TrainingId, since: Date | null): Promise<void> {
    return this.access((state) => {
      const row = state.training.rows.get(id);
      if (row !== undefined) state.training.rows.set(id, { ...row, deadAt: since });
    });
  }

  dead(limit: number): Promise<Hopeless<Training>[]> {
    return this.access((state) =>
      rowsOf(state)
        .filter(({ deadAt }) => deadAt !== null)
        .sort((one, other) => (other.deadAt?.getTime() ?? 0) - (one.deadAt?.getTime() ?? 0))
        .slice(0, limit)
        .map(({ training, error }) => ({ row: training, error })),
    );
  }

  waited(id: TrainingId): Promise<number> {
    return this.access((state) => state.training.rows.get(id)?.waited ?? 0);
  }

  dropLeases(owners: readonly string[]): Promise<number> {
    return this.access((state) => {
      const freed = rowsOf(state).filter(({ lease }) => lease !== null && owners.includes(lease.owner));
      for (const row of freed)
        state.training.rows.set(row.training.id, { ...row, lease: null, checkAfter: new Date(0) });
      return freed.length;
    });
  }

  private first(matches: (row: TrainingRow) => boolean): Promise<Training | null> {
    return this.access((state) => rowsOf(state).find(matches)?.training ?? null);
  }

  private newestFirst(matches: (training: Training) => boolean): Promise<Training[]> {
    return this.access((state) =>
      rowsOf(state)
        .map(({ training }) => training)
        .filter(matches)
        .sort(
          (one, other) => other.createdAt.getTime() - one.createdAt.getTime() || (one.id < other.id ? 1 : -1),
        ),
    );
  }
}

const isTrue = (expected: Precondition<TrainingStatus>, { training, lease }: TrainingRow): boolean =>
  training.status === expected.status &&
  (expected.lease === undefined || lease?.owner === expected.lease) &&
  (expected.submits === undefined || training.submits === expected.submits);

function needsWork(training: Training): boolean {
  if (open.includes(training.status)) return true;
  if ('announcedAt' in training && training.announcedAt === null) return true;
  if (training.status !== 'ready') return false;
  const { proof } = training;
  return proof.status === 'rendering' || (proof.status === 'composed' && proof.announcedAt === null);
}
