import { aspectRatios } from '../../../domain/generation/aspect-ratio.js';
import { presetNames } from '../../../domain/generation/preset.js';
import { avatarId } from '../../../domain/ids.js';
import { buttonKind, type Field, idField, numberField, oneOf, optional } from './button-kind.js';

const form = idField<string>(String);

/** A colon separates the values of callback data, so a ratio is written with an x. */
export const ratioField: Field<(typeof aspectRatios)[number]> = {
  write: (ratio) => ratio.replace(':', 'x'),
  read: (text) => aspectRatios.find((ratio) => ratio.replace(':', 'x') === text),
  longest: '21:9',
};

export const formMenus = ['main', 'avatar', 'companion', 'preset', 'ratio'] as const;
export type FormMenu = (typeof formMenus)[number];

/** Shows the guided screen in a new message. */
export const formOpenButton = buttonKind('wO', { form });
/** Shows one of the menus of the guided screen. */
export const formMenuButton = buttonKind('wm', { form, menu: oneOf(formMenus) });
export const formAvatarButton = buttonKind('wA', { form, avatar: idField(avatarId) });
/** A second avatar in the picture, or none. */
export const formCompanionButton = buttonKind('wB', { form, avatar: optional(idField(avatarId)) });
export const formPresetButton = buttonKind('wP', { form, preset: oneOf(presetNames) });
export const formRatioButton = buttonKind('wR', { form, ratio: optional(ratioField) });
export const formCountButton = buttonKind('wC', { form, count: numberField });
/** Drops the seed that came from an earlier picture. */
export const formNewSeedButton = buttonKind('wS', { form });
/** Asks for other words. */
export const formPromptButton = buttonKind('wW', { form });
/** Takes an idea for the words; `idea` is its place in the file. */
export const formIdeaButton = buttonKind('wT', { form, idea: numberField });
/** Asks the assistant for better words. */
export const formImproveButton = buttonKind('wI', { form });
const prompt = oneOf(['own', 'suggested']);
/** Has it made, with the person's own words or with the suggested ones, for the credits that it shows. */
export const formOrderButton = buttonKind('wg', { form, prompt, credits: numberField });
/** The same, by somebody who was asked about the words. */
export const formGoOnButton = buttonKind('wY', { form, prompt, credits: numberField });
/** The same in messages of earlier releases, whatever it costs. */
export const formSubmitButton = buttonKind('wG', { form, prompt });
export const formCloseButton = buttonKind('wX', { form });
