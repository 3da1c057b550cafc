import type { InlineKeyboardButton } from 'grammy/types';
import type { Policy } from '../../../../application/policy/policy.js';
import type { ImageRow } from '../../../../application/ports/stores/image-store.js';
import type { Generation } from '../../../../domain/generation/generation.js';
import { type PresetName, presetNames } from '../../../../domain/generation/preset.js';
import { upscalePrice } from '../../../../domain/generation/upscale.js';
import * as buttons from '../../buttons/job-buttons.js';
import type { Keyboard } from '../../replies.js';
import type { Translator } from '../../wording/translator.js';

type Picture = Pick<ImageRow, 'id' | 'position' | 'width' | 'height'> & {
  readonly favourite?: boolean | undefined;
};
type Row = InlineKeyboardButton[];
/** Credits shown on buttons that cost something. */
export type Prices = Pick<Policy, 'priceUpscale'>;

/** The buttons under a result. They hold ids of rows, so they work as long as the message exists. */
export function resultKeyboard(
  generation: Generation,
  images: readonly Picture[],
  texts: Translator,
  prices: Prices,
): Keyboard {
  const job = { generation: generation.id };
  const [first, ...others] = images;
  const info = buttons.infoButton.button(texts.plain('button-info'), job);
  const share = buttons.shareButton.button(texts.plain('button-share'), job);
  const isUpscale = generation.preset === null;
  const variations: Row = [
    buttons.againButton.button(texts.plain('button-again'), job),
    buttons.varyButton.button(texts.plain('button-vary'), job),
    buttons.otherPresetButton.button(texts.plain('button-other-preset'), job),
  ];
  const head = isUpscale ? [] : [variations];
  const tail: Row = isUpscale ? [info] : [info, share];
  if (first === undefined) return [...head, tail];
  if (others.length === 0) return [...head, ...imageRows(first, texts, { isUpscale, ...prices }), tail];
  return [...head, picks(images, texts), tail];
}

/** One button for each image of an album; the chosen one is ticked. */
const picks = (images: readonly Picture[], texts: Translator, chosen?: string): Row =>
  images.map(({ id, position }) =>
    buttons.pickImageButton.button(
      texts.plain(id === chosen ? 'button-picked' : 'button-pick', { number: position + 1 }),
      { image: id },
    ),
  );

/** What can be done with one image. */
export function imageRows(
  picture: Picture,
  texts: Translator,
  { isUpscale, priceUpscale }: { isUpscale: boolean } & Prices,
): Row[] {
  const { id: image, favourite = false } = picture;
  const credits = upscalePrice(priceUpscale, picture);
  const original = buttons.originalButton.button(texts.plain('button-original'), { image });
  const marks: Row = [
    buttons.favouriteButton.button(texts.plain(favourite ? 'button-favourite' : 'button-favour'), {
      image,
      on: !favourite,
    }),
    buttons.deleteButton.button(texts.plain('button-delete'), { image }),
  ];
  const upscale = buttons.upscaleButton.button(texts.plain('button-upscale', { credits }), { image });
  return [isUpscale ? [original] : [upscale, original], marks];
}

/** One image of an album, with the others beside it and a way back to the buttons of all. */
export const albumImageKeyboard = (
  generation: Generation,
  picture: Picture,
  images: readonly Picture[],
  texts: Translator,
  prices: Prices,
): Keyboard => [
  picks(images, texts, picture.id),
  ...imageRows(picture, texts, { isUpscale: generation.preset === null, ...prices }),
  backRow(generation, texts),
];

const backRow = ({ id }: Generation, texts: Translator): Row => [
  buttons.backToResultButton.button(texts.plain('button-back'), { generation: id }),
];

/** A new try after a job without images, unless the person cancelled it. */
export const retryKeyboard = (generation: Generation, texts: Translator): Keyboard =>
  generation.preset === null || generation.status === 'cancelled'
    ? []
    : [
        [
          buttons.varyButton.button(texts.plain('button-try-again'), { generation: generation.id }),
          buttons.againButton.button(texts.plain('button-change'), { generation: generation.id }),
        ],
      ];

/** `album`: the job that the image belongs to, with a way back to its other images. */
export const undoKeyboard = (image: string, album: Generation | null, texts: Translator): Keyboard => [
  [buttons.undeleteButton.button(texts.plain('button-undelete'), { image })],
  ...(album === null ? [] : [backRow(album, texts)]),
];

/** The presets to try the same seed with: those that work, without the one that was used. */
export function presetKeyboard(
  generation: Generation,
  working: readonly PresetName[],
  texts: Translator,
): Keyboard {
  const others = presetNames
    .filter((preset) => working.includes(preset) && preset !== generation.preset)
    .map((preset) =>
      buttons.withPresetButton.button(texts.plain(`preset-${preset}`), { generation: generation.id, preset }),
    );
  return [...inRows(others, 2), backRow(generation, texts)];
}

export const inRows = <Item>(items: readonly Item[], width: number): Item[][] =>
  Array.from({ length: Math.ceil(items.length / width) }, (_, row) =>
    items.slice(row * width, (row + 1) * width),
  );
