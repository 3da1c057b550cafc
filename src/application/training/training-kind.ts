import { basicsOf } from '../../domain/avatar/avatar.js';
import { trainedKind } from '../../domain/avatar/avatar-model.js';
import { retrained } from '../../domain/avatar/avatar-versions.js';
import {
  chargedForTraining,
  type Training,
  type TrainingEffect,
  type TrainingTransition,
  trainingAccount,
  trainingReference,
} from '../../domain/training/training.js';
import { trainingBegun } from '../../domain/training/training-transitions.js';
import { applyShared, type JobKind } from '../jobs/job-kind.js';
import type { Stores } from '../ports/stores/stores.js';

export const trainingKind: JobKind<Training, TrainingEffect, 'avatars' | 'jobs' | 'ledger' | 'trainings'> = {
  name: 'training',
  rows: ({ trainings }) => trainings,
  reference: trainingReference,
  atProvider: 'training',
  begun: trainingBegun,
  apply: applyEffects,
  paid: (training) => ({ owner: training.owner, account: trainingAccount(training), held: training.price }),
  charged: chargedForTraining,
  jobs: {
    submit: (training) => ({ task: 'submit-training', training }),
    resolve: (training) => ({ task: 'resolve-training', training }),
    collect: (training) => ({ task: 'collect-training', training }),
    deliver: (training) => ({ task: 'deliver-training', training }),
    cancel: (ticket) => ({ task: 'cancel-training-at-provider', ticket }),
  },
};

/** Carries the effects of a transition out, in the transaction that wrote its state. */
async function applyEffects(
  stores: Pick<Stores, 'avatars' | 'jobs' | 'ledger'>,
  before: Training,
  { next, effects }: TrainingTransition,
  now: Date,
): Promise<void> {
  for (const effect of effects)
    switch (effect) {
      case 'avatar':
        await updateAvatar(stores, next, now);
        break;
      case 'proof':
        await stores.jobs.add({ task: 'make-proof', training: next.id });
        break;
      default:
        await applyShared(trainingKind, stores, effect, { before, next }, now);
    }
}

/** The avatar follows its training. One that was ready before keeps its old model; its owner can go back to it. */
async function updateAvatar(stores: Pick<Stores, 'avatars'>, training: Training, now: Date): Promise<void> {
  const avatar = await stores.avatars.lock(training.owner, training.avatar);
  if (avatar === null) return;
  const basics = basicsOf(avatar);
  switch (training.status) {
    case 'ready': {
      const { url, mediaKey } = training.weights;
      const { trigger } = training.order;
      const model = { kind: trainedKind, url, mediaKey };
      const isMain = avatar.isMain || (await stores.avatars.mainOf(avatar.owner)) === null;
      await stores.avatars.save(
        avatar.status === 'ready'
          ? { ...retrained(avatar, { model, trigger }, now), isMain }
          : { ...basics, isMain, trigger, defaultStrength: null, status: 'ready', model },
      );
      break;
    }
    case 'failed':
      if (avatar.status === 'training')
        await stores.avatars.save({ ...basics, status: 'failed', reason: training.failure.kind });
      break;
    case 'cancelled':
      if (avatar.status === 'training') await stores.avatars.save({ ...basics, status: 'draft' });
      break;
    default:
      break;
  }
}
