import { type TrainingSpeed, trainingSpeeds } from '../../../domain/training/training-order.js';
import type { Html } from './html.js';
import type { Translator } from './translator.js';

type Prices = Readonly<Record<TrainingSpeed, number>>;

/** The cheapest and the dearest training, in credits. */
function bounds(prices: Prices): { from: number; to: number } {
  const all = trainingSpeeds.map((speed) => prices[speed]);
  return { from: Math.min(...all), to: Math.max(...all) };
}

/** Whether any training costs anything. */
export const isTrainingPaid = (prices: Prices): boolean => bounds(prices).to > 0;

/** `150`, or `100–300` where it depends on the speed. */
export function priceRange(prices: Prices): string {
  const { from, to } = bounds(prices);
  return from === to ? String(to) : `${from}–${to}`;
}

/** As `priceRange`, with the word for credits. */
export function trainingPrice(prices: Prices, texts: Translator): Html {
  const { from, to } = bounds(prices);
  return from === to
    ? texts.html('count-credits', { count: to })
    : texts.html('credits-from-to', { from, to });
}
