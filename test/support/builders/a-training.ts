import type { TrainingPolicy } from '../../../src/application/policy/training-policy.js';
import type { Stores } from '../../../src/application/ports/stores/stores.js';
import type { AvatarDraft } from '../../../src/domain/avatar/avatar-draft.js';
import type { DraftPhoto } from '../../../src/domain/avatar/photo.js';
import { avatarId, photoId, trainingId } from '../../../src/domain/ids.js';
import type {
  StoredWeights,
  Training,
  TrainingIn,
  TrainingStatus,
} from '../../../src/domain/training/training.js';
import { trainingOrder } from '../../../src/domain/training/training-order.js';
import { longAgo, nextNumber, nextUuid, secondsLater, someone } from './ids.js';

export const someWeights: StoredWeights = {
  url: 'https://weights.example/lora.safetensors',
  mediaKey: 'weights/1.safetensors',
  bytes: 1000,
  sha256: 'ab'.repeat(32),
};

const basics = (submits: number) => ({
  id: trainingId(nextUuid()),
  owner: someone,
  avatar: avatarId(nextUuid()),
  speed: 'balanced' as const,
  order: trainingOrder('portrait', 'balanced', { trigger: 'KOVUX47', photos: ['photos/1.jpg'] }),
  price: 150,
  cost: 6_000_000,
  isFree: false,
  origin: { transport: 'test', address: { chat: 7 } },
  createdAt: longAgo,
  submits,
  doubts: 0,
});

const sent = () => ({ ...basics(1), ticket: 'ticket-1', submittedAt: secondsLater(2) });
const ended = () => ({ ...basics(1), ticket: null, endedAt: secondsLater(30), announcedAt: null });

const inState: { readonly [Status in TrainingStatus]: () => TrainingIn<Status> } = {
  accepted: () => ({ ...basics(0), status: 'accepted', notBefore: null }),
  submitting: () => ({ ...basics(1), status: 'submitting', startedAt: secondsLater(1), ambiguousAt: null }),
  training: () => ({ ...sent(), status: 'training', fetchFailures: 0 }),
  ready: () => ({
    ...sent(),
    status: 'ready',
    weights: someWeights,
    readyAt: secondsLater(402),
    announcedAt: null,
    proof: { status: 'rendering' },
  }),
  failed: () => ({ ...ended(), status: 'failed', failure: { kind: 'provider_error', detail: 'a 500' } }),
  cancelled: () => ({ ...ended(), status: 'cancelled' }),
};

/** Asked for just now, a portrait for 150 credits, unless told otherwise: `aTraining({ status: 'training' })`. */
export function aTraining<Status extends TrainingStatus = 'accepted'>(
  changes: { status?: Status } & Partial<Omit<TrainingIn<Status>, 'status'>> = {},
): TrainingIn<Status> {
  const status = changes.status ?? ('accepted' as Status);
  return { ...inState[status](), ...changes, status };
}

/** Writes a training, and its owner if there is none yet. */
export async function givenTraining<State extends Training>(stores: Stores, training: State): Promise<State> {
  await stores.users.ensure({ id: training.owner, now: training.createdAt });
  await stores.trainings.add(training);
  return training;
}

export const aTrainingPolicy = (changes: Partial<TrainingPolicy> = {}): TrainingPolicy => ({
  prices: {
    portrait: { fast: 60, balanced: 150, quality: 240 },
    artistic: { fast: 150, balanced: 150, quality: 150 },
  },
  freeRetrains: 1,
  photoDays: 30,
  draftDays: 30,
  replacedWeightsDays: 30,
  ...changes,
});

/** A kept photo unlike any other. */
export function aDraftPhoto(changes: Partial<DraftPhoto> = {}): DraftPhoto {
  const number = nextNumber();
  return {
    id: photoId(nextUuid()),
    avatar: avatarId('20000000-0000-4000-8000-000000000001'),
    owner: someone,
    status: 'kept',
    warnings: [],
    mediaKey: `photos/${number}.jpg`,
    thumbnailKey: `photos/${number}.thumbnail.jpg`,
    width: 1000,
    height: 1200,
    bytes: 300_000,
    sourceSha256: number.toString(16).padStart(64, '0'),
    upload: null,
    // Multiplying by an odd constant scatters the bits: no two are alike.
    fingerprint: BigInt.asUintN(64, BigInt(number) * 0x9e3779b97f4a7c15n)
      .toString(16)
      .padStart(16, '0'),
    faceCount: null,
    faceYaw: null,
    looksYoung: null,
    createdAt: secondsLater(number),
    ...changes,
  };
}

export const aDraft = (changes: Partial<AvatarDraft> = {}): AvatarDraft => ({
  avatar: avatarId('20000000-0000-4000-8000-000000000001'),
  owner: someone,
  consent: { subject: 'self', adults: true, givenAt: longAgo },
  origin: { transport: 'test', address: { chat: 7 } },
  openedAt: null,
  named: false,
  transportState: {},
  createdAt: longAgo,
  ...changes,
});
