import type { InlineKeyboardButton } from 'grammy/types';
import type { Policy } from '../../../application/policy.js';
import type { ImageRow } from '../../../application/ports/stores/image-store.js';
import type { Generation } from '../../../domain/generation.js';
import { type PresetName, presetNames } from '../../../domain/preset.js';
import {
  againButton,
  backToResultButton,
  deleteButton,
  favouriteButton,
  infoButton,
  originalButton,
  otherPresetButton,
  pickImageButton,
  shareButton,
  undeleteButton,
  upscaleButton,
  varyButton,
  withPresetButton,
} from '../buttons/job-buttons.js';
import type { Keyboard } from '../speaking.js';
import type { Words } from '../wording/words.js';

type Picture = Pick<ImageRow, 'id' | 'position'> & { readonly favourite?: boolean | undefined };
type Row = InlineKeyboardButton[];
/** Credits that stand on buttons which cost something of their own. */
export type Prices = Pick<Policy, 'priceUpscale'>;

/** The buttons under a result. They name rows, so they work for as long as the message is there. */
export function resultKeyboard(
  generation: Generation,
  images: readonly Picture[],
  words: Words,
  prices: Prices,
): Keyboard {
  const job = { generation: generation.id };
  const [first, ...others] = images;
  const info = infoButton.button(words.plain('button-info'), job);
  const share = shareButton.button(words.plain('button-share'), job);
  const isUpscale = generation.preset === null;
  const variations: Row = [
    againButton.button(words.plain('button-again'), job),
    varyButton.button(words.plain('button-vary'), job),
    otherPresetButton.button(words.plain('button-other-preset'), job),
  ];
  const head = isUpscale ? [] : [variations];
  const tail: Row = isUpscale ? [info] : [info, share];
  if (first === undefined) return [...head, tail];
  if (others.length === 0) return [...head, ...imageRows(first, words, { isUpscale, ...prices }), tail];
  const picks = images.map(({ id, position }) =>
    pickImageButton.button(words.plain('button-pick', { number: position + 1 }), { image: id }),
  );
  return [...head, picks, tail];
}

/** What can be done with one image. */
export function imageRows(
  { id: image, favourite = false }: Picture,
  words: Words,
  { isUpscale, priceUpscale }: { isUpscale: boolean } & Prices,
): Row[] {
  const original = originalButton.button(words.plain('button-original'), { image });
  const marks: Row = [
    favouriteButton.button(words.plain(favourite ? 'button-favourite' : 'button-favour'), {
      image,
      on: favourite ? 'n' : 'y',
    }),
    deleteButton.button(words.plain('button-delete'), { image }),
  ];
  const upscale = upscaleButton.button(words.plain('button-upscale', { credits: priceUpscale }), { image });
  return [isUpscale ? [original] : [upscale, original], marks];
}

/** One image of an album, with the way back to the others. */
export const albumImageKeyboard = (
  generation: Generation,
  picture: Picture,
  words: Words,
  prices: Prices,
): Keyboard => [
  ...imageRows(picture, words, { isUpscale: generation.preset === null, ...prices }),
  [backToResultButton.button(words.plain('button-back'), { generation: generation.id })],
];

/** Once more after a job that brought nothing, unless that was what the person wanted. */
export const retryKeyboard = (generation: Generation, words: Words): Keyboard =>
  generation.preset === null || generation.status === 'cancelled'
    ? []
    : [
        [
          varyButton.button(words.plain('button-try-again'), { generation: generation.id }),
          againButton.button(words.plain('button-change'), { generation: generation.id }),
        ],
      ];

export const undoKeyboard = (image: string, words: Words): Keyboard => [
  [undeleteButton.button(words.plain('button-undelete'), { image })],
];

/** The presets to try the same seed with: those that work, without the one that was used. */
export function presetKeyboard(
  generation: Generation,
  working: readonly PresetName[],
  words: Words,
): Keyboard {
  const buttons = presetNames
    .filter((preset) => working.includes(preset) && preset !== generation.preset)
    .map((preset) =>
      withPresetButton.button(words.plain(`preset-${preset}`), { generation: generation.id, preset }),
    );
  const back = backToResultButton.button(words.plain('button-back'), { generation: generation.id });
  return [...inRows(buttons, 2), [back]];
}

export const inRows = <Item>(items: readonly Item[], width: number): Item[][] =>
  Array.from({ length: Math.ceil(items.length / width) }, (_, row) =>
    items.slice(row * width, (row + 1) * width),
  );
