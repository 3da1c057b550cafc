import { reportCategories } from '../../../domain/operator/case.js';
import { buttonKind, idField, oneOf } from './button-kind.js';

const recipe = idField<string>(String);

/** Asks what is wrong with a shared recipe… */
export const reportButton = buttonKind('rr', { recipe });
/** …and reports it for that. */
export const reportAsButton = buttonKind('rs', { recipe, category: oneOf(reportCategories) });
