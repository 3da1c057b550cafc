import type { TrainingProgress, TrainingStore } from '../../src/application/ports/stores/training-store.js';
import type { AvatarId, UserId } from '../../src/domain/ids.js';
import {
  openTrainingStatuses,
  type Training,
  type TrainingStatus,
} from '../../src/domain/training/training.js';
import type { TrainingSpeed } from '../../src/domain/training/training-order.js';
import { InMemoryLeasedStore, type JobRow } from './in-memory-leased-store.js';
import { type Access, requireUser } from './in-memory-state.js';
import { unleased } from './leased-row.js';

export type TrainingRow = JobRow<Training, TrainingProgress>;

const open: readonly TrainingStatus[] = openTrainingStatuses;
const isOpen = ({ status }: Training) => open.includes(status);

export class InMemoryTrainingStore
  extends InMemoryLeasedStore<Training, TrainingProgress, TrainingRow>
  implements TrainingStore
{
  constructor(access: Access) {
    super(access, {
      name: 'training',
      rows: ({ training }) => training.rows,
      isOpen,
      atProvider: 'training',
      needsWork,
    });
  }

  add(training: Training, requestKey?: string): Promise<Training> {
    return this.access((state) => {
      const earlier =
        this.withKey(state, requestKey) ??
        this.all(state).find(({ job }) => isOpen(job) && job.avatar === training.avatar)?.job;
      if (earlier !== undefined) return earlier;
      requireUser(state, training.owner);
      this.put(state, {
        job: training,
        requestKey: requestKey ?? null,
        ...unleased(training.createdAt),
        progress: null,
      });
      return training;
    });
  }

  ofAvatar(avatar: AvatarId): Promise<Training[]> {
    return this.newestFirst((training) => training.avatar === avatar);
  }

  ofOwner(owner: UserId): Promise<Training[]> {
    return this.newestFirst((training) => training.owner === owner);
  }

  typicalSeconds(speed: TrainingSpeed): Promise<number | null> {
    return this.access((state) => {
      const seconds = this.all(state)
        .flatMap(({ job }) => (job.status === 'ready' && job.speed === speed ? [job] : []))
        .sort((one, other) => other.readyAt.getTime() - one.readyAt.getTime())
        .slice(0, 50)
        .map(({ readyAt, submittedAt }) => (readyAt.getTime() - submittedAt.getTime()) / 1000)
        .sort((one, other) => one - other);
      const [low, high] = [seconds[(seconds.length - 1) >> 1], seconds[seconds.length >> 1]];
      return low === undefined || high === undefined ? null : (low + high) / 2;
    });
  }

  private newestFirst(matches: (training: Training) => boolean): Promise<Training[]> {
    return this.access((state) =>
      this.all(state)
        .map(({ job }) => job)
        .filter(matches)
        .sort(
          (one, other) => other.createdAt.getTime() - one.createdAt.getTime() || (one.id < other.id ? 1 : -1),
        ),
    );
  }
}

export function needsWork(training: Training): boolean {
  if (isOpen(training)) return true;
  if ('announcedAt' in training && training.announcedAt === null) return true;
  if (training.status !== 'ready') return false;
  const { proof } = training;
  return proof.status === 'rendering' || (proof.status === 'composed' && proof.announcedAt === null);
}
