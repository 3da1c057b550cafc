import type { TrainingId } from '../../domain/ids.js';
import { secondsAfter } from '../../domain/time.js';
import type { DiskSpace } from '../policy/disk-space.js';
import type { Needs } from '../ports/needs.js';
import type { SubmitTraining } from './submit-training.js';
import { tellTrainingWaits } from './tell-training-waits.js';

const lookAgainSeconds = 3;

type Parts = Needs<'avatars' | 'jobs' | 'trainings', 'clock' | 'transports' | 'log'> & {
  readonly submit: Pick<SubmitTraining, 'execute'>;
  readonly disk: Pick<DiskSpace, 'isShort'>;
};

/** Buys a training unless there is no room for what it brings: then it waits, and its owner is told why. */
export class SubmitTrainingWithRoom {
  /** Who was told, until there is room again. */
  private readonly told = new Set<TrainingId>();

  constructor(private readonly parts: Parts) {}

  async execute(id: TrainingId): Promise<void> {
    if (!(await this.parts.disk.isShort())) {
      this.told.delete(id);
      return this.parts.submit.execute(id);
    }
    const again = secondsAfter(this.parts.clock.now(), lookAgainSeconds);
    await this.parts.database.stores.jobs.add({ task: 'submit-training', training: id }, again);
    if (this.told.has(id)) return;
    this.told.add(id);
    const training = await this.parts.database.stores.trainings.find(id);
    if (training?.status === 'accepted') await tellTrainingWaits(this.parts, training, 'no_room');
  }
}
