import { type GenerationIn, heldFor } from '../../../../domain/generation/generation.js';
import type { Screen } from '../../replies.js';
import { failureText } from '../../wording/refusal-texts.js';
import type { Translator } from '../../wording/translator.js';
import { type Prices, retryKeyboard } from './result-keyboard.js';
import { endText } from './result-texts.js';

/** What the person is told, and offered, when a job ended without pictures. */
export function endScreen(
  generation: GenerationIn<'blocked' | 'failed' | 'cancelled'>,
  texts: Translator,
  prices: Omit<Prices, 'priceUpscale'>,
): Screen {
  const reason = generation.status === 'failed' ? failureText(generation.failure, texts) : null;
  return {
    text: endText(generation, reason, heldFor(generation), texts),
    keyboard: retryKeyboard(generation, texts, prices),
  };
}
