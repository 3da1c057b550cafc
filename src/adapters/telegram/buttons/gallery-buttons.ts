import { presetNames } from '../../../domain/generation/preset.js';
import { avatarId } from '../../../domain/ids.js';
import { asDeleting, buttonKind, idField, numberField, oneOf, optional, yesOrNo } from './button-kind.js';

const view = idField<string>(String);
const image = idField<string>(String);

export const galleryMoves = ['first', 'newer', 'older', 'here'] as const;
export type GalleryMove = (typeof galleryMoves)[number];

/** Shows another picture of the gallery. */
export const galleryMoveButton = buttonKind('gm', {
  view,
  image: optional(image),
  move: oneOf(galleryMoves),
});
/** The grid that this picture is on; earlier releases sent ten pictures as an album. */
export const galleryAlbumButton = buttonKind('ga', { view, image });
export const galleryFavouriteButton = buttonKind('gh', { view, image, on: yesOrNo });
export const galleryDeleteButton = buttonKind('gd', { view, image }, asDeleting);
export const galleryUndeleteButton = buttonKind('gu', { view, image });
export const gallerySelectButton = buttonKind('gs', { view, image, on: yesOrNo });
export const galleryZipButton = buttonKind('gz', { view });
/** Shows what can be filtered by. */
export const galleryMenus = ['filters', 'avatars', 'presets', 'days', 'more', 'vary'] as const;
export type GalleryMenu = (typeof galleryMenus)[number];
export const galleryMenuButton = buttonKind('gM', {
  view,
  image: optional(image),
  menu: oneOf(galleryMenus),
});
export const filterAvatarButton = buttonKind('gA', { view, avatar: optional(idField(avatarId)) });
export const filterPresetButton = buttonKind('gP', { view, preset: optional(oneOf(presetNames)) });
export const filterFavouritesButton = buttonKind('gF', { view, on: yesOrNo });
/** 0: from the beginning. */
export const filterDaysButton = buttonKind('gD', { view, days: numberField });
export const filterClearButton = buttonKind('gX', { view });
/** Looks for the same words, whatever else was filtered by. */
export const filterWordsOnlyButton = buttonKind('gE', { view });
/** Asks for words to look for. */
export const gallerySearchButton = buttonKind('gW', { view });
/** Asks for a page number: messages of earlier releases have it. */
export const galleryJumpButton = buttonKind('gJ', { view });

/** The grid that begins at this picture, or is before or after it. `select`: its numbers choose. */
export const galleryGridButton = buttonKind('gg', {
  view,
  image: optional(image),
  move: oneOf(galleryMoves),
  select: yesOrNo,
});
/** Chooses a picture of the grid, or lets it go. */
export const galleryTickButton = buttonKind('gt', { view, image, on: yesOrNo });
export const chosenActions = ['favour', 'delete', 'restore'] as const;
/** Does something with all that are chosen; `image` is the first one of the grid. */
export const galleryChosenButton = buttonKind('gk', {
  view,
  image: optional(image),
  action: oneOf(chosenActions),
});
/** The months that have pictures, or the days of one (its number is the year's last two digits and the month's). 0: months. */
export const galleryDatesButton = buttonKind('gc', { view, image: optional(image), month: numberField });
/** The grid that begins with the newest picture of a day: year, month and day with two digits each. */
export const galleryDayButton = buttonKind('gy', { view, day: numberField });
