import type { AvatarId, GenerationId, TrainingId } from '../ids.js';
import type { Accepted, Ended, EndWithout, JobBasics, Sent, Submitting, TransitionOf } from '../job.js';
import { filesOf, type StoredImage } from '../stored-image.js';
import type { Likeness } from './likeness.js';
import type { TrainingOrder, TrainingSpeed } from './training-order.js';

/** LoRA weights that were checked and are in the media store. */
export interface StoredWeights {
  /** Where the provider serves them; expires. */
  readonly url: string;
  /** Media-store key of our copy. */
  readonly mediaKey: string;
  readonly bytes: number;
  /** Hex digest. */
  readonly sha256: string;
}

/** One picture of a proof sheet: what its number stands for. */
export interface ProofCell {
  /** As drawn on the sheet, from 1. */
  readonly number: number;
  /** The LoRA scale it was made with. */
  readonly scale: number;
  readonly prompt: string;
  /** `null` when it could not be made. */
  readonly generation: GenerationId | null;
  /** To the photos; nothing where it was not measured, and in rows of earlier releases. */
  readonly likeness?: Likeness | null;
}

export interface ProofSheet {
  readonly image: StoredImage;
  readonly cells: readonly ProofCell[];
  /** Media-store key of the photo that is shown beside it, as long as it is there. */
  readonly original?: string | null;
}

export type Proof =
  | { readonly status: 'rendering' }
  /** Not one of its pictures could be made. */
  | { readonly status: 'none' }
  | { readonly status: 'composed'; readonly sheet: ProofSheet; readonly announcedAt: Date | null };

interface TrainingBasics extends JobBasics {
  readonly id: TrainingId;
  readonly avatar: AvatarId;
  readonly speed: TrainingSpeed;
  readonly order: TrainingOrder;
  /** A retrain on the house; counted, so that the house gives no more of them than it means to. */
  readonly isFree: boolean;
}

/**
 * `accepted`: paid for by a hold; the photos are being packed and sent, or wait for a better moment.
 * `submitting`: the trainer is being called, it may have been bought. `training`: fal has it.
 */
export type Training = TrainingBasics &
  (
    | Accepted
    | Submitting
    | ({ readonly status: 'training'; readonly fetchFailures: number } & Sent)
    | ({
        readonly status: 'ready';
        readonly weights: StoredWeights;
        readonly readyAt: Date;
        readonly announcedAt: Date | null;
        readonly proof: Proof;
      } & Sent)
    | (EndWithout & Ended)
  );

export type TrainingStatus = Training['status'];
export type TrainingIn<Status extends TrainingStatus> = Extract<Training, { status: Status }>;

export const trainingStatuses = [
  'accepted',
  'submitting',
  'training',
  'ready',
  'failed',
  'cancelled',
] as const satisfies readonly TrainingStatus[];

/** Rows, the command line and the metrics keep an older word for the first state. */
export const statusWord = (status: TrainingStatus): Exclude<TrainingStatus, 'accepted'> | 'collecting' =>
  status === 'accepted' ? 'collecting' : status;

/** States from which a training can still become ready; an avatar has at most one such. */
export const openTrainingStatuses = ['accepted', 'submitting', 'training'] as const;

export const isOpenTraining = ({ status }: Pick<Training, 'status'>): boolean =>
  openTrainingStatuses.some((open) => open === status);

/** What has to be carried out after a transition, in the transaction that writes it. */
export type TrainingEffect = 'hold' | 'submit' | 'cancel' | 'settle' | 'avatar' | 'proof' | 'deliver';

export type TrainingTransition = TransitionOf<Training, TrainingEffect>;

/** Names a submit in the provider's webhook, the current one unless told otherwise. */
export const trainingReference = (training: Training, submit = training.submits): string =>
  `training:${training.id}:${submit}`;

/** Name under which the ledger knows it. */
export const trainingAccount = ({ id }: Training): string => `training:${id}`;

/** Credits charged: the price for real weights, nothing for anything else. */
export const chargedForTraining = (training: Training): number =>
  training.status === 'ready' ? training.price : 0;

/** Media-store keys of what it brought: weights and a proof sheet. */
export function filesOfTraining(training: Training): string[] {
  if (training.status !== 'ready') return [];
  const { weights, proof } = training;
  const sheet = proof.status === 'composed' ? filesOf(proof.sheet.image) : [];
  return [weights.mediaKey, ...sheet].filter((key) => key !== '');
}
