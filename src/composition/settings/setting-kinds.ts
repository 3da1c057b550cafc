import {
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsUrl,
  Matches,
  Max,
  Min,
  type ValidationArguments,
  type ValidationOptions,
} from 'class-validator';

/** How the text of each setting is read. What cannot be read stays text, and its rules refuse it. */
export const readers = new Map<string, (text: string) => unknown>();

/** The settings that are secrets: each may stand in a file that `<name>_FILE` names. */
export const secrets = new Set<string>();

const kind =
  (read: (text: string) => unknown, ...rules: readonly PropertyDecorator[]): PropertyDecorator =>
  (target, name) => {
    readers.set(String(name), read);
    for (const rule of [IsOptional(), ...rules]) rule(target, name);
  };

const asText = (text: string): string => text;
const asList = (text: string): string[] => text.split(',').map((item) => item.trim());
const asBoolean = (text: string): unknown => (text === 'true' || text === 'false' ? text === 'true' : text);

function asInteger(text: string): unknown {
  const value = /^-?\d+$/.test(text) ? Number(text) : Number.NaN;
  return Number.isSafeInteger(value) ? value : text;
}

/** The sentence for a wrong value: the name of the setting, what it is set to, and why that cannot be. */
const refused = (why: string): ValidationOptions => ({
  message: ({ property, value }: ValidationArguments) => `${property} "${[value].flat().join(', ')}" ${why}`,
});

/** Whatever comes in text without a rule. */
export const Text = (): PropertyDecorator => kind(asText);

export const TextLike = (pattern: RegExp, why: string): PropertyDecorator =>
  kind(asText, Matches(pattern, refused(why)));

/** Not shown when it is wrong, and may come from a file. */
export const Secret =
  (pattern: RegExp, why: string): PropertyDecorator =>
  (target, name) => {
    secrets.add(String(name));
    kind(asText, Matches(pattern, { message: `$property ${why}` }))(target, name);
  };

export const OneOf = (words: readonly string[]): PropertyDecorator =>
  kind(asText, IsIn(words, refused(`is unknown; allowed: ${words.join(', ')}`)));

export const SomeOf = (words: readonly string[]): PropertyDecorator =>
  kind(
    asList,
    IsIn(words, { each: true, ...refused(`is unknown; allowed: ${words.join(', ')} with commas between`) }),
  );

/** Texts with commas between. */
export const ListOf = (pattern: RegExp, why: string): PropertyDecorator =>
  kind(asList, Matches(pattern, { each: true, ...refused(why) }));

export const YesNo = (): PropertyDecorator =>
  kind(asBoolean, IsBoolean(refused('is unknown; allowed: true, false')));

export const WholeNumber = (from: number, to: number, ofWhat = ''): PropertyDecorator =>
  between(from, to, `is not a whole number${ofWhat} ${from}-${to}`);

export const Port = (): PropertyDecorator => between(0, 65_535, 'is not a port (0-65535)');

const between = (from: number, to: number, why: string): PropertyDecorator =>
  kind(asInteger, IsInt(refused(why)), Min(from, refused(why)), Max(to, refused(why)));

/** Also of a machine that has no domain. */
export const HttpAddress = (): PropertyDecorator =>
  kind(
    asText,
    IsUrl(
      {
        ...{ protocols: ['http', 'https'], require_protocol: true, require_tld: false },
        ...{ allow_underscores: true, allow_trailing_dot: true },
      },
      refused('is not an address that starts with http:// or https://'),
    ),
  );
