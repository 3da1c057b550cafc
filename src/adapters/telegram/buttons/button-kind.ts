import type { InlineKeyboardButton } from 'grammy/types';
import { type UserId, userId } from '../../../domain/ids.js';

/** How one value stands in callback data; `read` gives `undefined` for what it never wrote. */
export interface Field<Value> {
  readonly write: (value: Value) => string;
  readonly read: (text: string) => Value | undefined;
  /** One of the longest values it can hold, to check that callback data fits. */
  readonly longest: Value;
  /** What buttons say that earlier releases wrote without this field. Only the last one may have it. */
  readonly absent?: Value;
}

/** A UUID in 22 characters. */
export const idField = <Id extends string>(brand: (value: string) => Id): Field<Id> => ({
  write: (id) => Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url'),
  read: (text) => {
    const hex = Buffer.from(text, 'base64url').toString('hex');
    if (hex.length !== 32 || !/^[\w-]{22}$/.test(text)) return undefined;
    return brand(
      [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-'),
    );
  },
  longest: brand('ffffffff-ffff-4fff-bfff-ffffffffffff'),
});

/** A person. */
export const userField: Field<UserId> = {
  write: (id) => id,
  read: (text) => (/^[1-9]\d{0,19}$/.test(text) ? userId(text) : undefined),
  longest: userId('9'.repeat(20)),
};

export const oneOf = <Value extends string>(values: readonly Value[]): Field<Value> => ({
  write: (value) => value,
  read: (text) => values.find((value) => value === text),
  longest: [...values].sort((one, other) => other.length - one.length)[0] as Value,
});

/** A whole number, 0-9999999: more than four pictures can cost. */
export const numberField: Field<number> = {
  write: String,
  read: (text) => (/^\d{1,7}$/.test(text) ? Number(text) : undefined),
  longest: 9_999_999,
};

export const yesOrNo: Field<boolean> = {
  write: (value) => (value ? 'y' : 'n'),
  read: (text) => (text === 'y' || text === 'n' ? text === 'y' : undefined),
  longest: true,
};

/** The same for a value that may be missing (`null`). */
export const optional = <Value>(field: Field<Value>): Field<Value | null> => ({
  write: (value) => (value === null ? '' : field.write(value)),
  read: (text) => (text === '' ? null : field.read(text)),
  longest: field.longest,
});

/** A field that a kind got later: `null` on the buttons of earlier releases. */
export const addedLater = <Value>(field: Field<Value>): Field<Value | null> => ({
  ...optional(field),
  absent: null,
});

type Fields = Readonly<Record<string, Field<unknown>>>;
type FieldOf<Value> = { readonly [Name in keyof Value]: Field<Value[Name]> };

/** One kind of button: its callback data is its name and its values, so it works for as long as the message is there. */
export interface ButtonKind<Values = unknown> {
  readonly name: string;
  data(values: Values): string;
  /** `null` when the data is of another kind, or was never written by this one. */
  read(data: string): Values | null;
  button(label: string, values: Values): InlineKeyboardButton.CallbackButton;
  /** With a tick before its label if it is the current choice. */
  choice(isCurrent: boolean, label: string, values: Values): InlineKeyboardButton.CallbackButton;
  /** Callback data that is as long as it can get. */
  readonly longest: string;
}

const known = new Map<string, ButtonKind>();

/** Every kind there is, for the test that taps them all. */
export const buttonKinds = (): readonly ButtonKind[] => [...known.values()];

/** Those that a module of buttons names. */
export const kindsAmong = (named: Readonly<Record<string, unknown>>): readonly ButtonKind[] =>
  buttonKinds().filter((kind) => Object.values(named).includes(kind));

/** What a button of any kind says; `null` when there is no such kind. */
export const valuesIn = (data: string): Readonly<Record<string, unknown>> | null =>
  (known.get(data.split(':', 1)[0] ?? '')?.read(data) ?? null) as Readonly<Record<string, unknown>> | null;

/**
 * Telegram takes 64 bytes of callback data.
 * @param name short, unique, and never used for anything else again: old messages keep their buttons
 * @param look the colour that its buttons have; older apps show none
 */
export function buttonKind<Values extends object>(
  name: string,
  fields: FieldOf<Values>,
  look: Pick<InlineKeyboardButton.CallbackButton, 'style'> = {},
): ButtonKind<Values> {
  const entries = Object.entries(fields as Fields);
  const data = (values: Values) =>
    [name, ...entries.map(([key, field]) => field.write(Reflect.get(values, key)))].join(':');
  const longestValues = Object.fromEntries(entries.map(([key, field]) => [key, field.longest]));
  const kind: ButtonKind<Values> = {
    name,
    data,
    longest: data(longestValues as Values),
    read: (text) => {
      const [first, ...parts] = text.split(':');
      if (first !== name || parts.length > entries.length) return null;
      const values: Record<string, unknown> = {};
      for (const [index, [key, field]] of entries.entries()) {
        const part = parts[index];
        const value = part === undefined ? field.absent : field.read(part);
        // Forged, or written by a later release that was rolled back.
        if (value === undefined) return null;
        values[key] = value;
      }
      return values as Values;
    },
    button: (label, values) => ({ text: label, callback_data: data(values), ...look }),
    choice: (isCurrent, label, values) => kind.button(isCurrent ? `✓ ${label}` : label, values),
  };
  if (known.has(name)) throw new Error(`there are two kinds of button "${name}"`);
  known.set(name, kind as ButtonKind);
  return kind;
}

/** The button that its screen is there for: Telegram shows it in colour. */
export const asMain = (button: InlineKeyboardButton.CallbackButton): InlineKeyboardButton.CallbackButton => ({
  ...button,
  style: 'primary',
});

/** The same without a colour of its own. */
export const asPlain = ({ style: _, ...button }: InlineKeyboardButton): InlineKeyboardButton => button;

/** The look of buttons that take something away. */
export const asDeleting = { style: 'danger' } as const;

/** Telegram copies at most so many characters for a button. */
const copiedAtMost = 256;

/** Copies a text when tapped; none for what is too long, or empty. */
export const copyButtons = (label: string, text: string): InlineKeyboardButton[] =>
  text === '' || [...text].length > copiedAtMost ? [] : [{ text: label, copy_text: { text } }];

/** The same keyboard with a tapped offer greyed out. Older apps may go on sending it: its handler stays. */
export const withoutUsed = (
  keyboard: readonly (readonly InlineKeyboardButton[])[],
  tapped: string,
): InlineKeyboardButton[][] =>
  keyboard.map((row) =>
    row.map((button) =>
      'callback_data' in button && button.callback_data === tapped
        ? { text: `✓ ${button.text}`, disabled: {} }
        : button,
    ),
  );
