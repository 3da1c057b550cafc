import type { InlineKeyboardButton } from 'grammy/types';
import type { GalleryView } from '../../../../application/ports/stores/chat/gallery-view-store.js';
import type { GalleryItem } from '../../../../application/ports/stores/gallery-store.js';
import type { Avatar } from '../../../../domain/avatar/avatar.js';
import { type PresetName, presetNames } from '../../../../domain/generation/preset.js';
import { startsFromPictures } from '../../../../domain/generation/routing.js';
import { upscalePrice } from '../../../../domain/generation/upscale.js';
import type { AvatarId } from '../../../../domain/ids.js';
import { cut } from '../../../../domain/text/cut-text.js';
import * as buttons from '../../buttons/gallery-buttons.js';
import * as jobs from '../../buttons/job-buttons.js';
import { inRows, type Prices, variationRow } from '../../delivery/results/result-keyboard.js';
import type { Keyboard } from '../../replies.js';
import { pricedShort } from '../../wording/price-label.js';
import type { Translator } from '../../wording/translator.js';

/** What a card of the gallery shows. */
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
  texts: Translator,
): Keyboard {
  switch (menu) {
    case 'card':
      return cardKeyboard(facts, texts);
    case 'more':
      return moreKeyboard(facts, texts);
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

function cardKeyboard({ view, item, number, total }: CardFacts, texts: Translator): Keyboard {
  const at = { view: view.id, image: item.id };
  const move = (to: buttons.GalleryMove) =>
    buttons.galleryMoveButton.button(texts.plain(`button-gallery-${to}`), { ...at, move: to });
  const isSelected = view.selection.includes(item.id);
  const moves: InlineKeyboardButton[] = [
    ...(number > 1 ? [move('first'), move('newer')] : []),
    ...(number < total ? [move('older')] : []),
  ];
  const rows: InlineKeyboardButton[][] = [
    moves,
    [
      buttons.galleryFavouriteButton.button(
        texts.plain(item.favourite ? 'button-favourite' : 'button-favour'),
        { ...at, on: !item.favourite },
      ),
      buttons.gallerySelectButton.button(texts.plain(isSelected ? 'button-selected' : 'button-select'), {
        ...at,
        on: !isSelected,
      }),
      buttons.galleryDeleteButton.button(texts.plain('button-delete'), at),
    ],
    [
      buttons.galleryMenuButton.button(texts.plain('button-gallery-filters'), { ...at, menu: 'filters' }),
      buttons.gallerySearchButton.button(texts.plain('button-gallery-search'), { view: view.id }),
      buttons.galleryJumpButton.button(texts.plain('button-gallery-jump'), { view: view.id }),
    ],
    [
      buttons.galleryAlbumButton.button(texts.plain('button-gallery-album'), at),
      buttons.galleryMenuButton.button(texts.plain('button-gallery-more'), { ...at, menu: 'more' }),
    ],
  ];
  if (view.selection.length > 0)
    rows.push([
      buttons.galleryZipButton.button(texts.plain('button-gallery-zip', { count: view.selection.length }), {
        view: view.id,
      }),
    ]);
  return rows.filter(({ length }) => length > 0);
}

function moreKeyboard({ view, item, avatars, prices }: CardFacts, texts: Translator): Keyboard {
  const job = { generation: item.generation };
  const image = { image: item.id };
  const isUpscale = item.preset === null;
  const original = jobs.originalButton.button(texts.plain('button-original'), image);
  const info = jobs.infoButton.button(texts.plain('button-info'), job);
  if (isUpscale) return [[original, info], backRow(view, item, texts)];
  const credits = upscalePrice(prices.priceUpscale, item);
  const shown = avatars.find(({ id }) => id === item.avatar);
  const isVaried = shown?.status === 'ready' && startsFromPictures(shown.model);
  // Two in a row: longer labels would be cut on a phone.
  return [
    [
      jobs.repeatButton.button(texts.plain('button-again'), job),
      jobs.editButton.button(texts.plain('button-edit'), job),
    ],
    ...(isVaried ? [variationRow(item.id, texts, prices)] : []),
    [jobs.upscaleButton.button(pricedShort(texts.plain('button-upscale'), credits), image), original],
    [info, jobs.shareButton.button(texts.plain('button-share'), job)],
    backRow(view, item, texts),
  ];
}

function filterKeyboard({ view, item }: CardFacts, texts: Translator): Keyboard {
  const at = { view: view.id, image: item.id };
  const { favourites = false } = view.filter;
  const isFiltered = Object.keys(view.filter).length > 0;
  const open = (menu: 'avatars' | 'presets' | 'days') =>
    buttons.galleryMenuButton.button(texts.plain(`button-filter-${menu}`), { ...at, menu });
  return [
    [open('avatars'), open('presets'), open('days')],
    [
      buttons.filterFavouritesButton.button(
        texts.plain(favourites ? 'button-filter-all' : 'button-filter-favourites'),
        { view: view.id, on: !favourites },
      ),
      ...(isFiltered
        ? [buttons.filterClearButton.button(texts.plain('button-filter-clear'), { view: view.id })]
        : []),
    ],
    backRow(view, item, texts),
  ];
}

/** Telegram takes a hundred buttons under a message. */
const avatarsShown = 40;

function avatarKeyboard({ view, item, avatars }: CardFacts, texts: Translator): Keyboard {
  const choice = (avatar: AvatarId | null, label: string) => {
    const isCurrent = avatar === (view.filter.avatar ?? null);
    return buttons.filterAvatarButton.choice(isCurrent, label, { view: view.id, avatar });
  };
  const each = avatars.slice(0, avatarsShown).map(({ id, name }) => choice(id, cut(name, 30)));
  return [[choice(null, texts.plain('button-filter-any'))], ...inRows(each, 2), backRow(view, item, texts)];
}

function presetKeyboard({ view, item }: CardFacts, texts: Translator): Keyboard {
  const choice = (preset: PresetName | null, label: string) => {
    const isCurrent = preset === (view.filter.preset ?? null);
    return buttons.filterPresetButton.choice(isCurrent, label, { view: view.id, preset });
  };
  const each = presetNames.map((preset) => choice(preset, texts.plain(`preset-${preset}`)));
  return [[choice(null, texts.plain('button-filter-any'))], ...inRows(each, 2), backRow(view, item, texts)];
}

function dayKeyboard({ view, item }: CardFacts, texts: Translator): Keyboard {
  const choice = (days: number, label: string) => {
    const isCurrent = days === (view.filter.days ?? 0);
    return buttons.filterDaysButton.choice(isCurrent, label, { view: view.id, days });
  };
  const each = dayChoices.map((days) => choice(days, texts.plain('button-filter-last-days', { days })));
  return [[choice(0, texts.plain('button-filter-any'))], each, backRow(view, item, texts)];
}

const backRow = (view: GalleryView, item: GalleryItem, texts: Translator): InlineKeyboardButton[] => [
  buttons.galleryMoveButton.button(texts.plain('button-back'), {
    view: view.id,
    image: item.id,
    move: 'here',
  }),
];
