import type { Avatar } from '../../domain/avatar/avatar.js';
import { trainedKind } from '../../domain/avatar/avatar-model.js';
import { retrained } from '../../domain/avatar/avatar-versions.js';
import { hold, type PaidJob, settle } from '../../domain/ledger.js';
import {
  chargedForTraining,
  type Training,
  type TrainingEffect,
  type TrainingTransition,
  trainingAccount,
  trainingReference,
} from '../../domain/training/training.js';
import { trainingBegun } from '../../domain/training/training-transitions.js';
import type { JobKind } from '../jobs/job-kind.js';
import type { Stores } from '../ports/stores/stores.js';

export const trainingKind: JobKind<Training, TrainingEffect, 'avatars' | 'jobs' | 'ledger' | 'trainings'> = {
  name: 'training',
  rows: ({ trainings }) => trainings,
  reference: trainingReference,
  atProvider: 'training',
  begun: trainingBegun,
  apply: applyEffects,
  jobs: {
    resolve: (training) => ({ task: 'resolve-training', training }),
    collect: (training) => ({ task: 'collect-training', training }),
    deliver: (training) => ({ task: 'deliver-training', training }),
    cancel: (ticket) => ({ task: 'cancel-training-at-provider', ticket }),
  },
};

type Touched = 'avatars' | 'jobs' | 'ledger';

const paidJob = (training: Training): PaidJob => ({
  owner: training.owner,
  account: trainingAccount(training),
  held: training.price,
});

/** Carries the effects of a transition out, in the transaction that wrote its state. */
async function applyEffects(
  stores: Pick<Stores, Touched>,
  before: Training,
  { next, effects }: TrainingTransition,
  now: Date,
): Promise<void> {
  const training = next.id;
  for (const effect of effects) {
    switch (effect) {
      case 'hold':
        await stores.ledger.write(hold(paidJob(next)), now);
        break;
      case 'settle':
        await stores.ledger.write(settle(paidJob(next), chargedForTraining(next)), now);
        break;
      case 'submit':
        await stores.jobs.add(
          { task: 'submit-training', training },
          next.status === 'accepted' && next.notBefore !== null ? next.notBefore : undefined,
        );
        break;
      case 'avatar':
        await updateAvatar(stores, next, now);
        break;
      case 'deliver':
        await stores.jobs.add({ task: 'deliver-training', training });
        break;
      case 'proof':
        await stores.jobs.add({ task: 'make-proof', training });
        break;
      case 'cancel':
        if (before.status === 'training')
          await stores.jobs.add({ task: 'cancel-training-at-provider', ticket: before.ticket });
        break;
      default:
        effect satisfies never;
    }
  }
}

/** The avatar follows its training. One that was ready before keeps its old model; its owner can go back to it. */
async function updateAvatar(stores: Pick<Stores, Touched>, training: Training, now: Date): Promise<void> {
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

function basicsOf(avatar: Avatar) {
  const { id, owner, name, type, trigger, isMain, defaultStrength, createdAt } = avatar;
  return { id, owner, name, type, trigger, isMain, defaultStrength, createdAt };
}
