import { type KeyScope, usualScopes } from '../../../domain/api-key.js';
import { asDeleting, buttonKind, type Field, idField, oneOf } from './button-kind.js';

/** How long a key lives: days, or until it is revoked. */
export const keyLives = ['30', '90', '365', 'revoked'] as const;
export type KeyLife = (typeof keyLives)[number];

/** What a key may do, by first letters; the scope of operators is given on the command line alone. */
const scopesField: Field<readonly KeyScope[]> = {
  write: (scopes) => scopes.map(([letter]) => letter).join(''),
  read: (text) => {
    const scopes = usualScopes.filter(([letter = '']) => text.includes(letter));
    return scopes.length > 0 && scopesField.write(scopes) === text ? scopes : undefined;
  },
  longest: usualScopes,
};

const terms = { scopes: scopesField, life: oneOf(keyLives) };

/** What a key is to be, on its way from button to button. */
export interface ChosenTerms {
  readonly scopes: readonly KeyScope[];
  readonly life: KeyLife;
}

/** The same in the subject of the question for its name. */
export const writeTerms = ({ scopes, life }: ChosenTerms): string => `${scopesField.write(scopes)} ${life}`;

/** `null` for what was never written. */
export function readTerms(text: string): ChosenTerms | null {
  const [letters = '', days = ''] = text.split(' ');
  const [scopes, life] = [terms.scopes.read(letters), terms.life.read(days)];
  return scopes === undefined || life === undefined ? null : { scopes, life };
}

const key = idField(String);

export const openKeysButton = buttonKind('zo', {});
/** Each carries what it chooses together with the rest, so a double tap does no more than one tap. */
export const keyTermsButton = buttonKind<ChosenTerms>('zn', terms);
export const nameKeyButton = buttonKind<ChosenTerms>('zt', terms);
export const askRevokeButton = buttonKind('zr', { key }, asDeleting);
export const revokeKeyButton = buttonKind('zy', { key }, asDeleting);
/** Takes the message away that shows a key. */
export const deleteSecretButton = buttonKind('zd', {});
