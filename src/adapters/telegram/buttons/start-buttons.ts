import { buttonKind } from './button-kind.js';

/** The first steps under `/start`: each opens what its command opens, in a new message. */
export const openGenerateButton = buttonKind('hg', {});
export const openGalleryButton = buttonKind('hl', {});
export const openAvatarsButton = buttonKind('ha', {});
export const openSettingsButton = buttonKind('hs', {});
export const openHelpButton = buttonKind('hh', {});
/** Sends the examples, each by itself. */
export const openExamplesButton = buttonKind('he', {});
export const openBalanceButton = buttonKind('hb', {});
