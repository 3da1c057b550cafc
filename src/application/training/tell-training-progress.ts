import type { TrainingIn } from '../../domain/training/training.js';
import { speeds } from '../../domain/training/training-order.js';
import type { TrainingPending } from '../../domain/training/training-outcome.js';
import type { Needs } from '../ports/needs.js';

/** Writes down how far a training is and shows it to whoever waits. Best effort: it may fail. */
export class TellTrainingProgress {
  constructor(private readonly parts: Needs<'avatars' | 'trainings', 'transports' | 'log'>) {}

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
