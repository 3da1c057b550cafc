import { asDeleting, buttonKind, numberField, userField } from './button-kind.js';

/** Named so that nobody else's tap counts. */
const user = userField;

export const exportDataButton = buttonKind('pe', { user });
export const deleteMeButton = buttonKind('pd', { user }, asDeleting);
/** `asked`: the minute of the `day` in which the question was asked. An old button deletes nothing. */
export const deleteMeYesButton = buttonKind('py', { user, day: numberField, asked: numberField }, asDeleting);
export const deleteMeNoButton = buttonKind('pq', { user });
