import { type Span, spans } from '../../../domain/operator/numbers.js';
import { buttonKind, type Field } from './button-kind.js';

const span: Field<Span> = {
  write: String,
  read: (text) => spans.find((each) => String(each) === text),
  longest: 30,
};

/** An operator's numbers of the last days… */
export const numbersButton = buttonKind('nn', { days: span });
/** …and the same as a file. */
export const numbersFileButton = buttonKind('nf', { days: span });
