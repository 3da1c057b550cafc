import type { TrainingId } from '../../domain/ids.js';
import { secondsAfter } from '../../domain/time.js';
import type { DiskSpace } from '../policy/disk-space.js';
import type { Clock } from '../ports/clock.js';
import type { Logger } from '../ports/logger.js';
import type { Database } from '../ports/stores/stores.js';
import type { Transport } from '../ports/transport.js';
import type { SubmitTraining } from './submit-training.js';

const lookAgainSeconds = 3;

/** Buys a training unless there is no room for what it brings: then it waits, and its owner is told why. */
export class SubmitTrainingWithRoom {
  /** Who was told, until there is room again. */
  private readonly told = new Set<TrainingId>();

  constructor(
    private readonly submit: Pick<SubmitTraining, 'execute'>,
    private readonly disk: Pick<DiskSpace, 'isShort'>,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly transports: readonly Transport[],
    private readonly log: Logger,
  ) {}

  async execute(id: TrainingId): Promise<void> {
    if (!(await this.disk.isShort())) {
      this.told.delete(id);
      return this.submit.execute(id);
    }
    const again = secondsAfter(this.clock.now(), lookAgainSeconds);
    await this.database.stores.jobs.add({ task: 'submit-training', training: id }, again);
    if (!this.told.has(id)) await this.tell(id);
    this.told.add(id);
  }

  /** Best effort: it may fail. */
  private async tell(id: TrainingId): Promise<void> {
    try {
      const { trainings, avatars } = this.database.stores;
      const training = await trainings.find(id);
      if (training?.status !== 'collecting') return;
      const transport = this.transports.find(({ name }) => name === training.origin.transport);
      const avatar = await avatars.find(training.avatar);
      await transport?.deliver({ kind: 'training-waits', training, avatar, why: 'no_room' });
    } catch (error) {
      this.log.debug('that a training waits could not be shown', { training: id, error });
    }
  }
}
