import { type Span, spans } from '../../../domain/operator/numbers.js';
import { buttonKind, type Field, numberField, optional } from './button-kind.js';

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
