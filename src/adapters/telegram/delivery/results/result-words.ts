import type { ImageRow } from '../../../../application/ports/stores/image-store.js';
import type { Notice } from '../../../../application/ports/transport.js';
import type { Generation, In } from '../../../../domain/generation/generation.js';
import { cut } from '../../../../domain/text/cut-text.js';
import { Html } from '../../wording/html.js';
import type { Words } from '../../wording/words.js';
import { addressOf } from '../job-address.js';

/** Everybody in a picture, also whom there is no avatar of any more. */
export const shownNames = (
  { companion }: Pick<Generation, 'companion'>,
  names: { readonly avatar: string | undefined; readonly companion: string | undefined },
  words: Words,
): string =>
  [names.avatar, ...(companion === null ? [] : [names.companion])]
    .map((name) => name ?? words.plain('no-avatar-any-more'))
    .join(' + ');

/** Avatars, preset, seed and time, in one line under the picture. */
export function resultCaption(
  { generation, avatar, companion }: Extract<Notice, { kind: 'result' }>,
  words: Words,
): Html {
  const seconds = Math.max(1, Math.round(secondsBetween(generation.createdAt, generation.collectedAt)));
  if ('factor' in generation.order)
    return words.html('result-caption-upscale', { factor: generation.order.factor, seconds });
  return words.html('result-caption', {
    avatar: shownNames(generation, { avatar: avatar?.name, companion: companion?.name }, words),
    preset: generation.preset === null ? '' : words.plain(`preset-${generation.preset}`),
    seed: generation.seed === null ? '–' : String(generation.seed),
    seconds,
    flagged: generation.flagged,
  });
}

/** What the caption of an album leaves out, over its buttons. */
export function albumWords(
  { price }: Pick<Generation, 'price'>,
  images: readonly Pick<ImageRow, 'width' | 'height'>[],
  words: Words,
): Html {
  const [first] = images;
  return words.html('album-buttons', {
    count: images.length,
    size: `${first?.width} × ${first?.height}`,
    credits: price * images.length,
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
  return Html.join([words.html(`ended-${generation.status}`, values), unquotedPrompt(generation, words)]);
}

/** Enough of a prompt to know which one it was; nothing where the message that is answered says it. */
export const unquotedPrompt = ({ prompt, origin }: Generation, words: Words): Html | null =>
  addressOf(origin).quoted
    ? null
    : words.html('job-prompt', { prompt: cut(prompt.replace(/\s+/gu, ' '), 80) });
