import { buttonKind } from './button-kind.js';

/** The first steps under `/start`: each opens what its command opens, in a new message. */
export const openGenerateButton = buttonKind('hg', {});
export const openGalleryButton = buttonKind('hl', {});
export const openAvatarsButton = buttonKind('ha', {});
export const openSettingsButton = buttonKind('hs', {});
export const openHelpButton = buttonKind('hh', {});
export const openBalanceButton = buttonKind('hb', {});
