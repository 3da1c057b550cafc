import type { TrainingIn } from '../../domain/training/training.js';
import type { TrainingPending } from '../../domain/training/training-outcome.js';
import type { Followed } from '../jobs/followed.js';
import type { ProviderWatch } from '../jobs/provider-watch.js';
import { WatchMany } from '../jobs/watch-many.js';
import { trainingDeadlineSeconds } from '../policy/training-policy.js';
import type { AvatarTrainer } from '../ports/avatar-trainer.js';
import type { Needs } from '../ports/needs.js';
import type { TellTrainingProgress } from './tell-training-progress.js';
import { trainingKind } from './training-kind.js';

export type TrainingWatch = ProviderWatch<TrainingIn<'training'>>;

type Parts = Needs<'jobs' | 'trainings', 'clock' | 'worker' | 'log'> & {
  readonly trainer: Pick<AvatarTrainer, 'ask'>;
  readonly tellProgress: TellTrainingProgress;
};

/** Asks for the log of trainings, which says their steps. */
export function watchTrainings(parts: Parts): TrainingWatch {
  const { database, trainer, tellProgress } = parts;
  const followed: Followed<TrainingIn<'training'>, TrainingPending> = {
    kind: trainingKind,
    rows: database.stores.trainings,
    ask: (ticket) => trainer.ask(ticket),
    onPending: (training, pending) => tellProgress.execute(training, pending),
    deadlineSeconds: ({ speed }) => trainingDeadlineSeconds(speed),
    tempo: { streams: 0, soonest: 2, latest: 15 },
  };
  return new WatchMany(parts, followed);
}
