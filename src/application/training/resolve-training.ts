import type { Training, TrainingEffect, TrainingIn } from '../../domain/training/training.js';
import { trainingBoughtAgain, trainingInDoubt } from '../../domain/training/training-transitions.js';
import { type DoubtParts, ResolveDoubt } from '../jobs/resolve-doubt.js';
import type { Policy } from '../policy/policy.js';
import { trainingDoubtSeconds } from '../policy/training-policy.js';
import type { AvatarTrainer } from '../ports/avatar-trainer.js';
import { lateWeights } from './late-weights.js';
import { trainingKind } from './training-kind.js';

export type ResolveTraining = ResolveDoubt<Training, TrainingIn<'submitting'>, TrainingEffect>;

/** Decides about trainings whose submit ended in doubt. */
export function resolveTraining(
  parts: DoubtParts & { readonly policy: Policy; readonly trainer: AvatarTrainer },
): ResolveTraining {
  return new ResolveDoubt<Training, TrainingIn<'submitting'>, TrainingEffect>(parts, {
    kind: trainingKind,
    submitting: 'submitting',
    isDoubtful: (row): row is TrainingIn<'submitting'> => row.status === 'submitting',
    noticed: trainingInDoubt,
    lateResults: lateWeights(parts),
    patience: ({ speed }) => trainingDoubtSeconds(parts.policy, speed),
    repeated: trainingBoughtAgain,
  });
}
