import { deadLetterKinds } from '../../../domain/operator/trouble.js';
import { asDeleting, buttonKind, type Field, idField, numberField, oneOf, userField } from './button-kind.js';

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
const job = { kind: oneOf(['generation', 'training']), id: idField(String) };
/** One of those that were given up, with what can be done. */
export const deadLetterButton = buttonKind('bl', job);
/** Asks before it is tried again… */
export const replayJobButton = buttonKind('br', job);
/** …and before its credits go back for good. */
export const giveBackJobButton = buttonKind('bg', job);
/** Does what was asked, by the name of what was kept of it. */
export const confirmJobActButton = buttonKind('bc', { intent: idField(String) });
/** Payments that wait for an operator. */
export const waitingPaymentsButton = buttonKind('bw', {});
const payment = { user: userField, payment: idField(String) };
/** Asks what a payment for an unknown offer is worth. */
export const settlePaymentButton = buttonKind('bv', payment);
/** Asks before a refund without an answer is given up. */
export const stopRefundButton = buttonKind('bx', payment, asDeleting);
/** Everything that is known of a job, from this place on. */
export const jobStoryButton = buttonKind('bs', { ...job, from: numberField });
