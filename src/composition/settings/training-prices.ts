import type { TrainingPolicy, TrainingRates } from '../../application/policy/training-policy.js';
import { defaultSpeed, speeds, type TrainingSpeed } from '../../domain/training/training-order.js';

interface PriceSettings {
  readonly PRICE_TRAINING: number;
  readonly PRICE_TRAINING_FAST?: number;
  readonly PRICE_TRAINING_BALANCED?: number;
  readonly PRICE_TRAINING_QUALITY?: number;
}

/**
 * PRICE_TRAINING is what a style costs, and a person at the default speed; the other speeds cost by their steps.
 * A price that the operator has set for a speed by name wins.
 */
export function trainingPrices(settings: PriceSettings): TrainingPolicy['prices'] {
  const rates = (usual: (speed: TrainingSpeed) => number): TrainingRates => ({
    fast: settings.PRICE_TRAINING_FAST ?? usual('fast'),
    balanced: settings.PRICE_TRAINING_BALANCED ?? usual('balanced'),
    quality: settings.PRICE_TRAINING_QUALITY ?? usual('quality'),
  });
  const bySteps = (speed: TrainingSpeed): number =>
    Math.round((settings.PRICE_TRAINING * speeds[speed].steps) / speeds[defaultSpeed].steps);
  return { portrait: rates(bySteps), artistic: rates(() => settings.PRICE_TRAINING) };
}
