import type { Avatar } from '../../../domain/avatar.js';
import type { Generation, In } from '../../../domain/generation.js';
import { cut, type Html } from '../wording/html.js';
import type { Words } from '../wording/words.js';

/** Avatar, preset, seed and time, in one line under the picture. */
export function resultCaption(generation: In<'collected'>, avatar: Avatar | null, words: Words): Html {
  const seconds = Math.max(1, Math.round(secondsBetween(generation.createdAt, generation.collectedAt)));
  return words.html('result-caption', {
    avatar: avatar?.name ?? words.plain('no-avatar-any-more'),
    preset: generation.preset === null ? '' : words.plain(`preset-${generation.preset}`),
    seed: generation.seed === null ? '–' : String(generation.seed),
    seconds,
    flagged: generation.flagged,
  });
}

const secondsBetween = (from: Date, to: Date): number => (to.getTime() - from.getTime()) / 1000;

/** What the person is told when a job ended without images. */
export function endWords(
  generation: In<'blocked' | 'failed' | 'cancelled'>,
  reason: Html | null,
  credits: number,
  words: Words,
): Html {
  const values = { credits, ...(reason === null ? {} : { reason }) };
  return words.html(`ended-${generation.status}`, { prompt: shortPrompt(generation), ...values });
}

/** Enough of a prompt to know which one it was. */
export const shortPrompt = ({ prompt }: Pick<Generation, 'prompt'>): string =>
  cut(prompt.replace(/\s+/gu, ' '), 80);
