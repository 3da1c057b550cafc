import { buttonKind, idField } from './button-kind.js';

/** What is spent, and what may be. */
export const budgetButton = buttonKind('nb', {});
/** Asks before the day and the month begin anew… */
export const askResetButton = buttonKind('nr', {});
/** …and does it, by the name of what was kept of the question. */
export const confirmResetButton = buttonKind('ny', { intent: idField(String) });
