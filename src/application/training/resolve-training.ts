import type { TrainingId } from '../../domain/ids.js';
import { type Training, type TrainingIn, trainingReference } from '../../domain/training/training.js';
import {
  trainingBegun,
  trainingBoughtAgain,
  trainingInDoubt,
} from '../../domain/training/training-transitions.js';
import { type DoubtParts, ResolveDoubt } from '../jobs/resolve-doubt.js';
import type { Policy } from '../policy/policy.js';
import { trainingDoubtSeconds } from '../policy/training-policy.js';
import { applyTrainingEffects } from './apply-training-effects.js';

export type ResolveTraining = ResolveDoubt<TrainingId, Training, TrainingIn<'submitting'>>;

/** Decides about trainings whose submit ended in doubt. */
export function resolveTraining(parts: DoubtParts & { readonly policy: Policy }): ResolveTraining {
  return new ResolveDoubt(parts, {
    kind: 'training',
    rows: ({ trainings }) => trainings,
    submitting: 'submitting',
    isDoubtful: (row): row is TrainingIn<'submitting'> => row.status === 'submitting',
    since: ({ ambiguousAt }) => ambiguousAt,
    reference: (row) => trainingReference(row),
    noticed: trainingInDoubt,
    submitted: (row, ticket, now) => trainingBegun(row, ticket, now).next,
    patience: ({ speed }) => trainingDoubtSeconds(parts.policy, speed),
    repeated: (row, now) => {
      const transition = trainingBoughtAgain(row, now);
      return { next: transition.next, apply: (stores) => applyTrainingEffects(stores, row, transition, now) };
    },
    isGivenUp: ({ status }) => status !== 'accepted',
    jobs: {
      collect: (id) => ({ task: 'collect-training', training: id }),
      resolve: (id) => ({ task: 'resolve-training', training: id }),
    },
  });
}
