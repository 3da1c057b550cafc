import { promptHelps } from '../../../application/ports/stores/preference-store.js';
import { presetNames } from '../../../domain/generation/preset.js';
import { avatarId } from '../../../domain/ids.js';
import { languages } from '../wording/translator.js';
import { buttonKind, idField, numberField, oneOf, optional, yesOrNo } from './button-kind.js';
import { ratioField } from './form-buttons.js';

export const settingsMenus = ['main', 'preset', 'ratio'] as const;
export type SettingsMenu = (typeof settingsMenus)[number];

/** Each carries the value it sets, so a double tap does no more than one tap. */
export const settingsMenuButton = buttonKind('sm', { menu: oneOf(settingsMenus) });
export const setLanguageButton = buttonKind('sl', { language: oneOf(languages) });
export const setPresetButton = buttonKind('sp', { preset: oneOf(presetNames) });
export const setRatioButton = buttonKind('sr', { ratio: optional(ratioField) });
export const setCountButton = buttonKind('sc', { count: numberField });
export const setPromptHelpButton = buttonKind('sh', { help: oneOf(promptHelps) });
export const setNotificationsButton = buttonKind('sn', { on: yesOrNo });
export const setConfirmButton = buttonKind('sa', { on: yesOrNo });
export const setBroadcastsButton = buttonKind('sw', { on: yesOrNo });

const avatar = idField(avatarId);

export const avatarsButton = buttonKind('al', {});
export const avatarCardButton = buttonKind('ac', { avatar });
export const makeMainButton = buttonKind('am', { avatar });
/** The same in the message that says it is ready, which stays. */
export const useFromNowOnButton = buttonKind('aM', { avatar });
export const renameButton = buttonKind('an', { avatar });
/** Opens the guided screen with this avatar. */
export const useAvatarButton = buttonKind('au', { avatar });
/** The same, with the words of an idea; `idea` is its place in the file. */
export const ideaForAvatarButton = buttonKind('ai', { avatar, idea: numberField });
