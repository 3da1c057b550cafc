import type { TrainingIn } from '../../domain/training/training.js';
import type { Needs } from '../ports/needs.js';

/** Tells its owner why a training has not begun. Best effort: it may fail. */
export async function tellTrainingWaits(
  { database, transports, log }: Needs<'avatars', 'transports' | 'log'>,
  training: TrainingIn<'accepted'>,
  why: 'no_room' | 'not_taken',
): Promise<void> {
  try {
    const transport = transports.find(({ name }) => name === training.origin.transport);
    const avatar = await database.stores.avatars.find(training.avatar);
    await transport?.deliver({ kind: 'training-waits', training, avatar, why });
  } catch (error) {
    log.debug('that a training waits could not be shown', { training: training.id, error });
  }
}
