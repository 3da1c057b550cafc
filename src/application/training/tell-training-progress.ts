import type { TrainingIn } from '../../domain/training/training.js';
import { speeds } from '../../domain/training/training-order.js';
import type { TrainingPending } from '../../domain/training/training-outcome.js';
import type { Logger } from '../ports/logger.js';
import type { Database } from '../ports/stores/stores.js';
import type { Transport } from '../ports/transport.js';

interface Parts {
  readonly database: Database<'avatars' | 'trainings'>;
  readonly transports: readonly Transport[];
  readonly log: Logger;
}

/** Writes down how far a training is and shows it to whoever waits. Best effort: it may fail. */
export class TellTrainingProgress {
  constructor(private readonly parts: Parts) {}

  async execute(training: TrainingIn<'training'>, pending: TrainingPending): Promise<void> {
    try {
      const { trainings, avatars } = this.parts.database.stores;
      const { phase, position, step, steps } = pending;
      await trainings.reportProgress(training.id, { phase, position, step, steps });
      const transport = this.parts.transports.find(({ name }) => name === training.origin.transport);
      if (transport === undefined) return;
      const expectedSeconds =
        (await trainings.typicalSeconds(training.speed)) ?? speeds[training.speed].expectedSeconds;
      const avatar = await avatars.find(training.avatar);
      await transport.deliver({ kind: 'training-progress', training, avatar, pending, expectedSeconds });
    } catch (error) {
      this.parts.log.debug('progress could not be shown', { training: training.id, error });
    }
  }
}
