import { decisions } from '../../../domain/operator/case.js';
import { type Span, spans } from '../../../domain/operator/numbers.js';
import {
  asDeleting,
  buttonKind,
  type Field,
  idField,
  numberField,
  oneOf,
  optional,
  userField,
} from './button-kind.js';

const item = idField<string>(String);
const span: Field<Span> = {
  write: String,
  read: (text) => spans.find((each) => String(each) === text),
  longest: 30,
};

/** The first screen of `/admin`. */
export const adminButton = buttonKind('ad', {});
/** An operator's numbers of the last days… */
export const numbersButton = buttonKind('nn', { days: span });
/** …and the same as a file. */
export const numbersFileButton = buttonKind('nf', { days: span });
/** What operators did: those before the act of this number, or the newest. */
export const actsButton = buttonKind('oa', { before: optional(numberField) });

const intent = idField((value) => value);
const code: Field<string> = {
  write: (value) => value,
  read: (text) => (/^[\dA-Z]{4,32}$/.test(text) ? text : undefined),
  longest: 'Z'.repeat(32),
};

/** Promo codes, what a new one is to be, and whether it is to be made. */
export const promosButton = buttonKind('jo', {});
export const newPromoButton = buttonKind('jn', {});
export const confirmPromoButton = buttonKind('jk', { intent });
export const endPromoButton = buttonKind('je', { code }, asDeleting);
const movements = ['give', 'take'] as const;

/** Asks an operator which person it is about… */
export const findPersonButton = buttonKind('jf', {});
/** …offers to choose them among one's chats… */
export const pickPersonButton = buttonKind('jt', {});
/** …and shows that person. */
export const personButton = buttonKind('jp', { user: userField });
export const askCreditsButton = buttonKind('jc', { user: userField, movement: oneOf(movements) });
export const askRefundButton = buttonKind('jr', { user: userField, payment: idField((value) => value) });
export const askBlockButton = buttonKind('jb', { user: userField }, asDeleting);
export const unblockButton = buttonKind('ju', { user: userField });
export const askMessageButton = buttonKind('jm', { user: userField });
/** Asks how many pictures a day they may order, and sets it; `null`: as many as everybody. */
export const askLimitButton = buttonKind('jl', { user: userField });
export const setLimitButton = buttonKind('jd', { user: userField, pictures: optional(numberField) });
/** Their latest jobs, each with what happened to it. */
export const personJobsButton = buttonKind('jh', { user: userField });
/** Does what the operator was asked. */
export const confirmActButton = buttonKind('jy', { intent });
/** Asks why, and asks again whether it is to be done. */
export const sayWhyButton = buttonKind('jw', { intent });
/** The text that this message answers is the reason of what the operator was asked. */
export const useAsReasonButton = buttonKind('jq', { intent });
/** Ends what the operator was asked about. */
export const confirmEndButton = buttonKind('jx', { intent }, asDeleting);
/** What waits for an operator's word; `skip`: how many of it wait longer. */
export const casesButton = buttonKind('oq', { skip: numberField });
/** Shows what a case is about; that it was opened is kept. */
export const openCaseButton = buttonKind('oo', { item });
/** Asks before somebody is blocked for it; other decisions are made by it at once. */
export const decideCaseButton = buttonKind('od', { item, decision: oneOf(decisions) });
/** Blocks whoever a case is about. */
export const confirmCaseBlockButton = buttonKind('ob', { intent }, asDeleting);
