import { userId } from '../../../domain/ids.js';
import { asDeleting, buttonKind, type Field, numberField } from './button-kind.js';

/** A person, named so that nobody else's tap counts. */
const user: Field<ReturnType<typeof userId>> = {
  write: (id) => id,
  read: (text) => (/^[1-9]\d{0,19}$/.test(text) ? userId(text) : undefined),
  longest: userId('9'.repeat(20)),
};

export const exportDataButton = buttonKind('pe', { user });
export const deleteMeButton = buttonKind('pd', { user }, asDeleting);
/** `asked`: the minute of the `day` in which the question was asked. An old button deletes nothing. */
export const deleteMeYesButton = buttonKind('py', { user, day: numberField, asked: numberField }, asDeleting);
export const deleteMeNoButton = buttonKind('pq', { user });
