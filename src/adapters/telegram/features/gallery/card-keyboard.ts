import type { InlineKeyboardButton } from 'grammy/types';
import type { GalleryView } from '../../../../application/ports/stores/chat/gallery-view-store.js';
import type { GalleryItem } from '../../../../application/ports/stores/gallery-store.js';
import type { Avatar } from '../../../../domain/avatar/avatar.js';
import { type PresetName, presetNames } from '../../../../domain/generation/preset.js';
import { startsFromPictures } from '../../../../domain/generation/routing.js';
import type { AvatarId } from '../../../../domain/ids.js';
import { cut } from '../../../../domain/text/cut-text.js';
import * as buttons from '../../buttons/gallery-buttons.js';
import * as jobs from '../../buttons/job-buttons.js';
import { payingButton } from '../../buttons/paying-button.js';
import { inRows, variationKeyboard } from '../../delivery/results/result-keyboard.js';
import type { Keyboard } from '../../replies.js';
import type { Translator } from '../../wording/translator.js';

/** What a card of the gallery shows. */
export interface CardFacts {
  readonly view: GalleryView;
  readonly item: GalleryItem;
  /** 1 is the newest. */
  readonly number: number;
  readonly total: number;
  readonly avatars: readonly Avatar[];
  /** Id of one that was deleted just now: it can be brought back. */
  readonly deleted?: string | undefined;
}

/** What a menu of the gallery is about. */
export interface MenuFacts {
  readonly view: GalleryView;
  /** One of the pictures shown, if there are any. */
  readonly image: string | null;
  readonly avatars: readonly Avatar[];
}

const dayChoices = [1, 7, 30];

/** What is shown instead of the buttons of the grid. */
export function menuKeyboard(
  facts: MenuFacts,
  menu: Exclude<buttons.GalleryMenu, 'more' | 'vary'>,
  texts: Translator,
): Keyboard {
  switch (menu) {
    case 'filters':
      return filterKeyboard(facts, texts);
    case 'avatars':
      return avatarKeyboard(facts, texts);
    case 'presets':
      return presetKeyboard(facts, texts);
    case 'days':
      return dayKeyboard(facts, texts);
    default:
      return menu satisfies never;
  }
}

export function cardKeyboard({ view, item, number, total, deleted }: CardFacts, texts: Translator): Keyboard {
  const at = { view: view.id, image: item.id };
  const move = (to: 'newer' | 'older') =>
    buttons.galleryMoveButton.button(texts.plain(`button-gallery-${to}`), { ...at, move: to });
  const isChosen = view.selection.includes(item.id);
  const rows: InlineKeyboardButton[][] = [
    deleted === undefined
      ? []
      : [
          buttons.galleryUndeleteButton.button(texts.plain('button-undelete'), {
            view: view.id,
            image: deleted,
          }),
        ],
    [...(number > 1 ? [move('newer')] : []), ...(number < total ? [move('older')] : [])],
    // Two in a row: longer labels would be cut on a phone.
    [
      buttons.galleryFavouriteButton.button(
        texts.plain(item.favourite ? 'button-favourite' : 'button-favour'),
        { ...at, on: !item.favourite },
      ),
      buttons.gallerySelectButton.button(texts.plain(isChosen ? 'button-selected' : 'button-select'), {
        ...at,
        on: !isChosen,
      }),
    ],
    [
      buttons.galleryDeleteButton.button(texts.plain('button-delete'), at),
      buttons.galleryMenuButton.button(texts.plain('button-gallery-more'), { ...at, menu: 'more' }),
    ],
    [buttons.galleryAlbumButton.button(texts.plain('button-gallery-grid'), at)],
  ];
  if (view.selection.length > 0)
    rows.push([
      buttons.galleryZipButton.button(texts.plain('button-gallery-zip', { count: view.selection.length }), {
        view: view.id,
      }),
    ]);
  return rows.filter(({ length }) => length > 0);
}

/** What a card's other buttons depend on. */
interface MoreFacts extends Pick<CardFacts, 'view' | 'item' | 'avatars'> {
  /** Credits for it enlarged, for its whole job once more, and for one picture like it. */
  readonly credits: { readonly enlarged: number; readonly again: number; readonly varied: number };
}

/** What can be done with the picture besides. */
export function moreKeyboard({ view, item, avatars, credits }: MoreFacts, texts: Translator): Keyboard {
  const job = { generation: item.generation };
  const image = { image: item.id };
  const original = jobs.originalButton.button(texts.plain('button-original'), image);
  const info = jobs.infoButton.button(texts.plain('button-info'), job);
  const back = [
    buttons.galleryMoveButton.button(texts.plain('button-back'), { view: view.id, ...image, move: 'here' }),
  ];
  if (item.preset === null) return [[original, info], back];
  const shown = avatars.find(({ id }) => id === item.avatar);
  const isVaried = shown?.status === 'ready' && startsFromPictures(shown.model);
  // Two in a row: longer labels would be cut on a phone.
  return [
    [
      payingButton(jobs.repeatButton, texts.plain('button-again'), { ...job, credits: credits.again }, texts),
      jobs.editButton.button(texts.plain('button-edit'), job),
    ],
    ...(isVaried
      ? [
          [
            buttons.galleryMenuButton.button(texts.plain('button-vary'), {
              ...{ view: view.id, ...image },
              menu: 'vary',
            }),
          ],
        ]
      : []),
    [
      payingButton(
        jobs.upscaleButton,
        texts.plain('button-upscale'),
        {
          ...image,
          credits: credits.enlarged,
        },
        texts,
      ),
      original,
    ],
    [info, jobs.shareButton.button(texts.plain('button-share'), job)],
    back,
  ];
}

/** How much is to change in one like it. */
export function varyKeyboard(
  { view, item, credits }: Pick<MoreFacts, 'view' | 'item' | 'credits'>,
  texts: Translator,
): Keyboard {
  const at = { view: view.id, image: item.id };
  const back = buttons.galleryMenuButton.button(texts.plain('button-back'), { ...at, menu: 'more' });
  return variationKeyboard(item.id, back, texts, credits.varied);
}

function filterKeyboard({ view, image }: MenuFacts, texts: Translator): Keyboard {
  const at = { view: view.id, image };
  const { favourites = false } = view.filter;
  const isFiltered = Object.keys(view.filter).length > 0;
  const open = (menu: 'avatars' | 'presets' | 'days') =>
    buttons.galleryMenuButton.button(texts.plain(`button-filter-${menu}`), { ...at, menu });
  return [
    [open('avatars'), open('presets'), open('days')],
    [
      buttons.filterFavouritesButton.choice(favourites, texts.plain('button-filter-favourites'), {
        view: view.id,
        on: !favourites,
      }),
      ...(isFiltered
        ? [buttons.filterClearButton.button(texts.plain('button-filter-clear'), { view: view.id })]
        : []),
    ],
    backRow(at, texts),
  ];
}

/** Telegram takes a hundred buttons under a message. */
const avatarsShown = 40;

function avatarKeyboard({ view, image, avatars }: MenuFacts, texts: Translator): Keyboard {
  const choice = (avatar: AvatarId | null, label: string) => {
    const isCurrent = avatar === (view.filter.avatar ?? null);
    return buttons.filterAvatarButton.choice(isCurrent, label, { view: view.id, avatar });
  };
  const each = avatars.slice(0, avatarsShown).map(({ id, name }) => choice(id, cut(name, 30)));
  return [
    [choice(null, texts.plain('button-filter-any'))],
    ...inRows(each, 2),
    backRow({ view: view.id, image }, texts),
  ];
}

function presetKeyboard({ view, image }: MenuFacts, texts: Translator): Keyboard {
  const choice = (preset: PresetName | null, label: string) => {
    const isCurrent = preset === (view.filter.preset ?? null);
    return buttons.filterPresetButton.choice(isCurrent, label, { view: view.id, preset });
  };
  const each = presetNames.map((preset) => choice(preset, texts.plain(`preset-${preset}`)));
  return [
    [choice(null, texts.plain('button-filter-any'))],
    ...inRows(each, 2),
    backRow({ view: view.id, image }, texts),
  ];
}

function dayKeyboard({ view, image }: MenuFacts, texts: Translator): Keyboard {
  const choice = (days: number, label: string) => {
    const isCurrent = days === (view.filter.days ?? 0);
    return buttons.filterDaysButton.choice(isCurrent, label, { view: view.id, days });
  };
  const each = dayChoices.map((days) => choice(days, texts.plain('button-filter-last-days', { days })));
  return [[choice(0, texts.plain('button-filter-any'))], each, backRow({ view: view.id, image }, texts)];
}

const backRow = (
  at: { readonly view: string; readonly image: string | null },
  texts: Translator,
): InlineKeyboardButton[] => [
  buttons.galleryGridButton.button(texts.plain('button-back'), { ...at, move: 'here', select: false }),
];
