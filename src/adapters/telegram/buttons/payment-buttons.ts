import { buttonKind, idField } from './button-kind.js';

export const openOffersButton = buttonKind('yb', {});
/** Gives one's own untouched payment back. */
export const giveBackButton = buttonKind('yr', { payment: idField((value) => value) });
