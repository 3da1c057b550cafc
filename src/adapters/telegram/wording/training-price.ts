import type { TrainingPolicy, TrainingRates } from '../../../application/policy/training-policy.js';
import type { AvatarType } from '../../../domain/avatar/avatar-type.js';
import type { Html } from './html.js';
import { creditsRange, creditsText } from './price-label.js';
import type { Translator } from './translator.js';

/** The cheapest and the dearest training, in credits. */
function bounds(all: readonly TrainingRates[]): { from: number; to: number } {
  const prices = all.flatMap((rates) => Object.values(rates));
  return { from: Math.min(...prices), to: Math.max(...prices) };
}

/** Whether any training costs anything. */
export const isTrainingPaid = (prices: TrainingPolicy['prices']): boolean =>
  bounds(Object.values(prices)).to > 0;

/** `150`, or `60–240` where it depends on what is trained and how fast. */
export function priceRange(prices: TrainingPolicy['prices'], texts: Translator): string {
  return creditsRange(bounds(Object.values(prices)), texts);
}

/** As `priceRange`, with the word for credits. */
export const trainingPrice = (prices: TrainingPolicy['prices'], texts: Translator): Html =>
  creditsText(bounds(Object.values(prices)), texts);

/** As `trainingPrice`, of one kind of avatar. */
export const ratesText = (rates: TrainingRates, texts: Translator): Html =>
  creditsText(bounds([rates]), texts);

/** What it costs to train an avatar again. */
export interface RetrainPrice {
  readonly isFree: boolean;
  /** `null`: no training costs anything here. */
  readonly credits: Html | null;
}

export const retrainPrice = (
  isFree: boolean,
  prices: TrainingPolicy['prices'],
  type: AvatarType,
  texts: Translator,
): RetrainPrice => ({ isFree, credits: isTrainingPaid(prices) ? ratesText(prices[type], texts) : null });
