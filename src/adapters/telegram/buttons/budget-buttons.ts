import { buttonKind } from './button-kind.js';

/** What is spent, and what may be. */
export const budgetButton = buttonKind('nb', {});
