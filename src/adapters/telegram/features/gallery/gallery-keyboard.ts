import type { InlineKeyboardButton } from 'grammy/types';
import type { GalleryView } from '../../../../application/ports/stores/chat/gallery-view-store.js';
import type { GalleryItem } from '../../../../application/ports/stores/gallery-store.js';
import type { Avatar } from '../../../../domain/avatar/avatar.js';
import { presetNames } from '../../../../domain/generation/preset.js';
import { upscalePrice } from '../../../../domain/generation/upscale.js';
import { cut } from '../../../../domain/text/cut-text.js';
import * as buttons from '../../buttons/gallery-buttons.js';
import {
  againButton,
  infoButton,
  originalButton,
  shareButton,
  upscaleButton,
  varyButton,
} from '../../buttons/job-buttons.js';
import { inRows, type Prices } from '../../delivery/results/result-keyboard.js';
import type { Keyboard } from '../../speaking.js';
import { chosen } from '../../wording/chosen.js';
import type { Words } from '../../wording/words.js';

/** What a card of the gallery stands on. */
export interface CardFacts {
  readonly view: GalleryView;
  readonly item: GalleryItem;
  /** 1 is the newest. */
  readonly number: number;
  readonly total: number;
  readonly avatars: readonly Avatar[];
  readonly prices: Prices;
}

const dayChoices = [1, 7, 30];

export function galleryKeyboard(
  facts: CardFacts,
  menu: buttons.GalleryMenu | 'card',
  words: Words,
): Keyboard {
  switch (menu) {
    case 'card':
      return cardKeyboard(facts, words);
    case 'more':
      return moreKeyboard(facts, words);
    case 'filters':
      return filterKeyboard(facts, words);
    case 'avatars':
      return avatarKeyboard(facts, words);
    case 'presets':
      return presetKeyboard(facts, words);
    case 'days':
      return dayKeyboard(facts, words);
    default:
      return menu satisfies never;
  }
}

function cardKeyboard({ view, item, number, total }: CardFacts, words: Words): Keyboard {
  const at = { view: view.id, image: item.id };
  const move = (to: buttons.GalleryMove) =>
    buttons.galleryMoveButton.button(words.plain(`button-gallery-${to}`), { ...at, move: to });
  const isSelected = view.selection.includes(item.id);
  const moves: InlineKeyboardButton[] = [
    ...(number > 1 ? [move('first'), move('newer')] : []),
    ...(number < total ? [move('older')] : []),
  ];
  const rows: InlineKeyboardButton[][] = [
    moves,
    [
      buttons.galleryFavouriteButton.button(
        words.plain(item.favourite ? 'button-favourite' : 'button-favour'),
        { ...at, on: item.favourite ? 'n' : 'y' },
      ),
      buttons.gallerySelectButton.button(words.plain(isSelected ? 'button-selected' : 'button-select'), {
        ...at,
        on: isSelected ? 'n' : 'y',
      }),
      buttons.galleryDeleteButton.button(words.plain('button-delete'), at),
    ],
    [
      buttons.galleryMenuButton.button(words.plain('button-gallery-filters'), { ...at, menu: 'filters' }),
      buttons.gallerySearchButton.button(words.plain('button-gallery-search'), { view: view.id }),
      buttons.galleryJumpButton.button(words.plain('button-gallery-jump'), { view: view.id }),
    ],
    [
      buttons.galleryAlbumButton.button(words.plain('button-gallery-album'), at),
      buttons.galleryMenuButton.button(words.plain('button-gallery-more'), { ...at, menu: 'more' }),
    ],
  ];
  if (view.selection.length > 0)
    rows.push([
      buttons.galleryZipButton.button(words.plain('button-gallery-zip', { count: view.selection.length }), {
        view: view.id,
      }),
    ]);
  return rows.filter(({ length }) => length > 0);
}

function moreKeyboard({ view, item, prices }: CardFacts, words: Words): Keyboard {
  const job = { generation: item.generation };
  const image = { image: item.id };
  const isUpscale = item.preset === null;
  const original = originalButton.button(words.plain('button-original'), image);
  const info = infoButton.button(words.plain('button-info'), job);
  if (isUpscale) return [[original, info], backRow(view, item, words)];
  const credits = upscalePrice(prices.priceUpscale, item);
  // Two in a row: longer labels would be cut on a phone.
  return [
    [
      againButton.button(words.plain('button-again'), job),
      varyButton.button(words.plain('button-vary'), job),
    ],
    [upscaleButton.button(words.plain('button-upscale', { credits }), image), original],
    [info, shareButton.button(words.plain('button-share'), job)],
    backRow(view, item, words),
  ];
}

function filterKeyboard({ view, item }: CardFacts, words: Words): Keyboard {
  const at = { view: view.id, image: item.id };
  const { favourites = false } = view.filter;
  const isFiltered = Object.keys(view.filter).length > 0;
  const open = (menu: buttons.GalleryMenu) =>
    buttons.galleryMenuButton.button(words.plain(`button-filter-${menu}`), { ...at, menu });
  return [
    [open('avatars'), open('presets'), open('days')],
    [
      buttons.filterFavouritesButton.button(
        words.plain(favourites ? 'button-filter-all' : 'button-filter-favourites'),
        { view: view.id, on: favourites ? 'n' : 'y' },
      ),
      ...(isFiltered
        ? [buttons.filterClearButton.button(words.plain('button-filter-clear'), { view: view.id })]
        : []),
    ],
    backRow(view, item, words),
  ];
}

/** Telegram takes a hundred buttons under a message. */
const avatarsShown = 40;

function avatarKeyboard({ view, item, avatars }: CardFacts, words: Words): Keyboard {
  const { avatar } = view.filter;
  const any = buttons.filterAvatarButton.button(
    chosen(avatar === undefined, words.plain('button-filter-any')),
    { view: view.id, avatar: null },
  );
  const each = avatars
    .slice(0, avatarsShown)
    .map(({ id, name }) =>
      buttons.filterAvatarButton.button(chosen(id === avatar, cut(name, 30)), { view: view.id, avatar: id }),
    );
  return [[any], ...inRows(each, 2), backRow(view, item, words)];
}

function presetKeyboard({ view, item }: CardFacts, words: Words): Keyboard {
  const any = buttons.filterPresetButton.button(
    chosen(view.filter.preset === undefined, words.plain('button-filter-any')),
    { view: view.id, preset: null },
  );
  const each = presetNames.map((preset) =>
    buttons.filterPresetButton.button(
      chosen(preset === view.filter.preset, words.plain(`preset-${preset}`)),
      { view: view.id, preset },
    ),
  );
  return [[any], ...inRows(each, 2), backRow(view, item, words)];
}

function dayKeyboard({ view, item }: CardFacts, words: Words): Keyboard {
  const any = buttons.filterDaysButton.button(
    chosen(view.filter.days === undefined, words.plain('button-filter-any')),
    { view: view.id, days: 0 },
  );
  const each = dayChoices.map((days) =>
    buttons.filterDaysButton.button(
      chosen(days === view.filter.days, words.plain('button-filter-last-days', { days })),
      { view: view.id, days },
    ),
  );
  return [[any], each, backRow(view, item, words)];
}

const backRow = (view: GalleryView, item: GalleryItem, words: Words): InlineKeyboardButton[] => [
  buttons.galleryMoveButton.button(words.plain('button-back'), {
    view: view.id,
    image: item.id,
    move: 'here',
  }),
];
