import { buttonKind, idField } from './button-kind.js';

export const openOffersButton = buttonKind('yb', {});
/** Gives one's own untouched payment back. */
export const giveBackButton = buttonKind('yr', { payment: idField((value) => value) });
/** Asks whether a subscription is to end, and ends it. */
export const askCancelButton = buttonKind('yc', { subscription: idField((value) => value) });
export const cancelMonthButton = buttonKind('yx', { subscription: idField((value) => value) });
