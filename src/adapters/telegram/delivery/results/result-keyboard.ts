import type { InlineKeyboardButton } from 'grammy/types';
import type { Policy } from '../../../../application/policy/policy.js';
import type { ImageRow } from '../../../../application/ports/stores/image-store.js';
import type { Generation } from '../../../../domain/generation/generation.js';
import { startOf } from '../../../../domain/generation/order.js';
import {
  type PicturePrices,
  priceAgain,
  priceWithPreset,
} from '../../../../domain/generation/picture-price.js';
import { type PresetName, presetNames } from '../../../../domain/generation/preset.js';
import { upscalePrice } from '../../../../domain/generation/upscale.js';
import { canBeVaried, changeNames } from '../../../../domain/generation/variation.js';
import * as buttons from '../../buttons/job-buttons.js';
import { payingButton } from '../../buttons/paying-button.js';
import type { Keyboard } from '../../replies.js';
import type { Translator } from '../../wording/translator.js';
import { jobStoryRows } from '../job-story-row.js';

type Picture = Pick<ImageRow, 'id' | 'position' | 'width' | 'height'> & {
  readonly favourite?: boolean | undefined;
};
type Row = InlineKeyboardButton[];
/** Credits shown on buttons that cost something. */
export type Prices = PicturePrices & Pick<Policy, 'priceUpscale' | 'admins'>;

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
  const credits = priceAgain(generation, prices);
  const next: Row = [
    payingButton(buttons.repeatButton, texts.plain('button-again'), { ...job, credits }, texts),
    buttons.editButton.button(texts.plain('button-edit'), job),
  ];
  // From a picture there is a size already, so only what was made from words alone is tried with other presets.
  if (startOf(generation.order) === undefined)
    next.push(buttons.otherPresetButton.button(texts.plain('button-other-preset'), job));
  const head = isUpscale ? [] : [next];
  const tail: Row[] = [isUpscale ? [info] : [info, share], ...storyRows(generation, texts, prices)];
  if (first === undefined) return [...head, ...tail];
  if (others.length === 0) return [...head, ...imageRows(generation, first, texts, prices), ...tail];
  const originals = buttons.originalsButton.button(texts.plain('button-originals'), job);
  return [...head, picks(images, texts), [originals], ...tail];
}

const storyRows = (generation: Generation, texts: Translator, { admins }: Pick<Prices, 'admins'>): Row[] =>
  jobStoryRows({ kind: 'generation', id: generation.id }, generation, texts, admins);

/** One button for each image of an album; the chosen one is ticked. */
const picks = (images: readonly Picture[], texts: Translator, chosen?: string): Row =>
  images.map(({ id, position }) =>
    buttons.pickImageButton.button(
      texts.plain(id === chosen ? 'button-picked' : 'button-pick', { number: position + 1 }),
      { image: id },
    ),
  );

/** What can be done with one image. */
function imageRows(
  { order, preset }: Generation,
  picture: Picture,
  texts: Translator,
  { priceUpscale }: Prices,
): Row[] {
  const { id: image, favourite = false } = picture;
  const credits = upscalePrice(priceUpscale, picture);
  const more: Row = [];
  if (canBeVaried(order)) more.push(buttons.variationsButton.button(texts.plain('button-vary'), { image }));
  if (preset !== null)
    more.push(payingButton(buttons.upscaleButton, texts.plain('button-upscale'), { image, credits }, texts));
  const marks: Row = [
    buttons.originalButton.button(texts.plain('button-original'), { image }),
    buttons.favouriteButton.button(texts.plain(favourite ? 'button-favourite' : 'button-favour'), {
      image,
      on: !favourite,
    }),
    buttons.deleteButton.button(texts.plain('button-delete'), { image }),
  ];
  return more.length === 0 ? [marks] : [more, marks];
}

/** How much of a picture is made anew in one like it; `back`: to where its other buttons are. */
export const variationKeyboard = (
  image: string,
  back: InlineKeyboardButton,
  texts: Translator,
  credits: number,
): Keyboard => [
  changeNames.map((change) =>
    payingButton(
      buttons.variationButton,
      texts.plain(`button-vary-${change}`),
      { image, change, credits },
      texts,
    ),
  ),
  [back],
];

/** One image of an album, with the others beside it and a way back to the buttons of all. */
export const albumImageKeyboard = (
  generation: Generation,
  picture: Picture,
  images: readonly Picture[],
  texts: Translator,
  prices: Prices,
): Keyboard => [
  picks(images, texts, picture.id),
  ...imageRows(generation, picture, texts, prices),
  backRow(generation, texts),
];

const backRow = ({ id }: Generation, texts: Translator): Row => [
  buttons.backToResultButton.button(texts.plain('button-back'), { generation: id }),
];

/** After a job without images: the same order once more, or something else. An enlargement has nothing to change. */
export function retryKeyboard(
  generation: Generation,
  texts: Translator,
  prices: Omit<Prices, 'priceUpscale'>,
): Keyboard {
  const job = { generation: generation.id };
  const story = storyRows(generation, texts, prices);
  const credits = priceAgain(generation, prices);
  const retry = payingButton(
    buttons.repeatButton,
    texts.plain('button-try-again'),
    { ...job, credits },
    texts,
  );
  if (generation.preset === null) return [[retry], ...story];
  return [[retry, buttons.editButton.button(texts.plain('button-change'), job)], ...story];
}

/**
 * `album`: the job that the image belongs to, with a way back to its other images.
 * `isGone`: it was taken out of the chat, too.
 */
export const undoKeyboard = (
  image: string,
  isGone: boolean,
  album: Generation | null,
  texts: Translator,
): Keyboard => [
  [buttons.undeleteButton.button(texts.plain('button-undelete'), { image, isGone })],
  ...(album === null ? [] : [backRow(album, texts)]),
];

/** The presets to try the same seed with: those that work, without the one that was used. */
export function presetKeyboard(
  generation: Generation,
  working: readonly PresetName[],
  texts: Translator,
  prices: PicturePrices,
): Keyboard {
  const others = presetNames
    .filter((preset) => working.includes(preset) && preset !== generation.preset)
    .map((preset) =>
      payingButton(
        buttons.withPresetButton,
        texts.plain(`preset-${preset}`),
        {
          generation: generation.id,
          preset,
          credits: priceWithPreset(generation, preset, prices),
        },
        texts,
      ),
    );
  return [...inPairs(others), backRow(generation, texts)];
}

/** Letters that a phone shows of one of two buttons in a row. */
const halfARow = 20;

/** Two in a row where all of them fit. */
export const inPairs = <Item extends { readonly text: string }>(items: readonly Item[]): Item[][] =>
  inRows(items, items.every(({ text }) => [...text].length <= halfARow) ? 2 : 1);

export const inRows = <Item>(items: readonly Item[], width: number): Item[][] =>
  Array.from({ length: Math.ceil(items.length / width) }, (_, row) =>
    items.slice(row * width, (row + 1) * width),
  );
