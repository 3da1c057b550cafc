import { deadLetterKinds } from '../../../domain/operator/trouble.js';
import { buttonKind, type Field, numberField, oneOf } from './button-kind.js';

/** fal's names for endpoints are longer than ids, and an earlier release may have known others than this one. */
const endpointField: Field<string> = {
  write: String,
  read: (text) => (/^[\w./-]{1,58}$/.test(text) ? text : undefined),
  longest: 'x'.repeat(58),
};

/** What is in trouble now. */
export const troublesButton = buttonKind('bt', {});
/** Asks fal whether it takes the key now. */
export const tryProviderButton = buttonKind('bp', {});
/** Sends jobs to an endpoint again. */
export const restoreEndpointButton = buttonKind('be', { endpoint: endpointField });
/** What was given up, from this place of the list on. */
export const deadLettersButton = buttonKind('bd', { what: oneOf(deadLetterKinds), from: numberField });
