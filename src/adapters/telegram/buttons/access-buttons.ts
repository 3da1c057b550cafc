import { decisions } from '../../../application/operator/access/decide-access.js';
import { userId } from '../../../domain/ids.js';
import { admissionStates } from '../../../domain/operator/admission.js';
import {
  addedLater,
  asDeleting,
  buttonKind,
  type Field,
  idField,
  numberField,
  oneOf,
} from './button-kind.js';

const person: Field<ReturnType<typeof userId>> = {
  write: (id) => id,
  read: (text) => (/^[1-9]\d{0,19}$/.test(text) ? userId(text) : undefined),
  longest: userId('9'.repeat(20)),
};

const code: Field<string> = {
  write: (value) => value,
  read: (text) => (/^[\dA-Z]{4,32}$/.test(text) ? text : undefined),
  longest: 'Z'.repeat(32),
};

/** Of somebody who may not come in. */
export const askAccessButton = buttonKind('ka', {});
/** Of somebody who was blocked and was asked for their appeal. */
export const leaveAppealButton = buttonKind('kx', {});

/** An operator's screen of who may come in… */
export const accessButton = buttonKind('ks', {});
/** …the people on the list, by what was decided… */
export const admissionsButton = buttonKind('kp', { state: oneOf(admissionStates), page: numberField });
/** …and one of them. */
export const admissionButton = buttonKind('kc', { user: person });
/** With what the operator is shown of them; earlier releases did not say. */
export const decideAccessButton = buttonKind('kd', {
  user: person,
  decision: oneOf(decisions),
  shown: addedLater(oneOf(admissionStates)),
});
export const sendAwayButton = buttonKind('kr', { user: person }, asDeleting);
export const makeLinkButton = buttonKind('kl', { uses: numberField });
/** Lets in everybody again: asked first… */
export const askOpenButton = buttonKind('ko', {});
/** …and confirmed. */
export const openToAllButton = buttonKind('ky', { intent: idField(String) });
export const endLinkButton = buttonKind('ke', { code }, asDeleting);
