import { presetNames } from '../../../domain/generation/preset.js';
import { avatarId } from '../../../domain/ids.js';
import { buttonKind, idField, numberField, oneOf, optional, yesOrNo } from './button-kind.js';

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
/** Ten pictures from this one on, as an album. */
export const galleryAlbumButton = buttonKind('ga', { view, image });
export const galleryFavouriteButton = buttonKind('gh', { view, image, on: yesOrNo });
export const galleryDeleteButton = buttonKind('gd', { view, image });
export const galleryUndeleteButton = buttonKind('gu', { view, image });
export const gallerySelectButton = buttonKind('gs', { view, image, on: yesOrNo });
export const galleryZipButton = buttonKind('gz', { view });
/** Shows what can be filtered by. */
export const galleryMenus = ['filters', 'avatars', 'presets', 'days', 'more'] as const;
export type GalleryMenu = (typeof galleryMenus)[number];
export const galleryMenuButton = buttonKind('gM', { view, image, menu: oneOf(galleryMenus) });
export const filterAvatarButton = buttonKind('gA', { view, avatar: optional(idField(avatarId)) });
export const filterPresetButton = buttonKind('gP', { view, preset: optional(oneOf(presetNames)) });
export const filterFavouritesButton = buttonKind('gF', { view, on: yesOrNo });
/** 0: from the beginning. */
export const filterDaysButton = buttonKind('gD', { view, days: numberField });
export const filterClearButton = buttonKind('gX', { view });
/** Asks for words to look for, or for a page number. */
export const gallerySearchButton = buttonKind('gW', { view });
export const galleryJumpButton = buttonKind('gJ', { view });
