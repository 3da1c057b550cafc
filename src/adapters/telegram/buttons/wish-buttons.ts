import { aspectRatios } from '../../../domain/generation/aspect-ratio.js';
import { presetNames } from '../../../domain/generation/preset.js';
import { avatarId } from '../../../domain/ids.js';
import { buttonKind, type Field, idField, numberField, oneOf, optional } from './button-kind.js';

const wish = idField<string>(String);

/** A colon separates the values of callback data, so a ratio is written with an x. */
export const ratioField: Field<(typeof aspectRatios)[number]> = {
  write: (ratio) => ratio.replace(':', 'x'),
  read: (text) => aspectRatios.find((ratio) => ratio.replace(':', 'x') === text),
  longest: '21:9',
};

export const wishMenus = ['main', 'avatar', 'companion', 'preset', 'ratio'] as const;
export type WishMenu = (typeof wishMenus)[number];

/** Shows one of the menus of the guided screen. */
export const wishMenuButton = buttonKind('wm', { wish, menu: oneOf(wishMenus) });
export const wishAvatarButton = buttonKind('wA', { wish, avatar: idField(avatarId) });
/** A second avatar in the picture, or none. */
export const wishCompanionButton = buttonKind('wB', { wish, avatar: optional(idField(avatarId)) });
export const wishPresetButton = buttonKind('wP', { wish, preset: oneOf(presetNames) });
export const wishRatioButton = buttonKind('wR', { wish, ratio: optional(ratioField) });
export const wishCountButton = buttonKind('wC', { wish, count: numberField });
/** Drops a seed that was taken over. */
export const wishNewSeedButton = buttonKind('wS', { wish });
/** Asks for other words. */
export const wishWordsButton = buttonKind('wW', { wish });
/** Asks the assistant for better words. */
export const wishImproveButton = buttonKind('wI', { wish });
/** Has it made, with the person's own words or with the suggested ones. */
export const wishOrderButton = buttonKind('wG', { wish, words: oneOf(['own', 'suggested']) });
export const wishCloseButton = buttonKind('wX', { wish });
