import type { AvatarType } from '../../domain/avatar/avatar-type.js';
import { speeds, type TrainingSpeed } from '../../domain/training/training-order.js';
import type { Policy } from './policy.js';

/** Credits for one training at each speed. */
export type TrainingRates = Readonly<Record<TrainingSpeed, number>>;

/** What the operator decides about avatars from photos. */
export interface TrainingPolicy {
  /** Credits for one training, by what is trained and how fast. */
  readonly prices: Readonly<Record<AvatarType, TrainingRates>>;
  /** How often an avatar whose owner is not content is trained again for nothing. */
  readonly freeRetrains: number;
  /** Days after a training for which its photos stay, for a retrain; then they are deleted. 0: at once. */
  readonly photoDays: number;
  /** Days after which an avatar in the making is deleted when nobody works on it. */
  readonly draftDays: number;
  /** Days for which its owner can go back to the model that a retrain replaced; then it is deleted. 0: at once. */
  readonly replacedWeightsDays: number;
}

/** How long one step of a training may take: 20 photos go out, up to a gigabyte of weights comes in. */
export const trainingLeaseSeconds = 900;

/** How often a training is asked about when nothing is heard of it. */
export const trainingPollSeconds = (policy: Policy): number => (policy.webhooks ? 15 : 5);

/** How long a submit that ended in doubt waits for its webhook, which comes when the training is over. */
export const trainingDoubtSeconds = (policy: Policy, speed: TrainingSpeed): number =>
  policy.webhooks ? 60 + 2 * speeds[speed].expectedSeconds : 0;

/** After this a training that fal took is given up: six times what it should take, at least half an hour. */
export const trainingDeadlineSeconds = (speed: TrainingSpeed): number =>
  Math.max(1800, 6 * speeds[speed].expectedSeconds);
