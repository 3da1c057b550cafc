import type { ShownNames } from '../../../../application/generation/accept-once.js';
import type { ImageRow } from '../../../../application/ports/stores/image-store.js';
import type { Notification } from '../../../../application/ports/transport.js';
import { chargedFor, type Generation, type GenerationIn } from '../../../../domain/generation/generation.js';
import { cut } from '../../../../domain/text/cut-text.js';
import { Html } from '../../wording/html.js';
import type { Translator } from '../../wording/translator.js';
import { addressOf } from '../job-address.js';

interface Shown extends Pick<Extract<Notification, { kind: 'result' }>, 'avatar' | 'companion'> {
  readonly generation: GenerationIn<'collected' | 'delivered'>;
}

/** Everybody in a picture, including those whose avatar was deleted. */
export const shownNames = (
  { companion }: Pick<Generation, 'companion'>,
  names: ShownNames,
  texts: Translator,
): string =>
  [names.avatar, ...(companion === null ? [] : [names.companion])]
    .map((name) => name ?? texts.plain('no-avatar-any-more'))
    .join(' + ');

/** Avatars, preset, price, seed and time, in one line under the picture. */
export function resultCaption({ generation, avatar, companion }: Shown, texts: Translator): Html {
  const seconds = Math.max(1, Math.round(secondsBetween(generation.createdAt, generation.collectedAt)));
  const names = shownNames(generation, { avatar: avatar?.name, companion: companion?.name }, texts);
  const credits = chargedFor(generation);
  const said = { avatar: names, credits, cost: texts.html('count-credits', { count: credits }), seconds };
  if ('factor' in generation.order)
    return texts.html('result-caption-upscale', { ...said, factor: generation.order.factor });
  return texts.html('result-caption', {
    ...said,
    preset: generation.preset === null ? '' : texts.plain(`preset-${generation.preset}`),
    seed: generation.seed === null ? '–' : String(generation.seed),
    flagged: generation.flagged,
  });
}

/** The size of an original, under its file. */
export const originalText = (
  { width, height, bytes }: Pick<ImageRow, 'width' | 'height' | 'bytes'>,
  texts: Translator,
): Html => texts.html('original-file', { size: `${width} × ${height}`, megabytes: bytes / 2 ** 20 });

/** What the caption of an album leaves out, over its buttons. */
export function albumText(images: readonly Pick<ImageRow, 'width' | 'height'>[], texts: Translator): Html {
  const [first] = images;
  return texts.html('album-buttons', {
    count: images.length,
    size: `${first?.width} × ${first?.height}`,
  });
}

const secondsBetween = (from: Date, to: Date): number => (to.getTime() - from.getTime()) / 1000;

/** What the person is told when a job ended without images. */
export function endText(
  generation: GenerationIn<'blocked' | 'failed' | 'cancelled'>,
  reason: Html | null,
  credits: number,
  texts: Translator,
): Html {
  const end = texts.html(`ended-${generation.status}`, { credits, reason: reason ?? '' });
  return Html.join([end, unquotedPrompt(generation, texts)]);
}

/** The start of the prompt, to tell which one it was; nothing where the answered message shows it. */
export const unquotedPrompt = ({ prompt, origin }: Generation, texts: Translator): Html | null =>
  addressOf(origin).quoted
    ? null
    : texts.html('job-prompt', { prompt: cut(prompt.replace(/\s+/gu, ' '), 80) });
