import { createRequire } from 'node:module';
import { I18n } from '@grammyjs/i18n';
import type { TextKey, TextValues } from '../../../../assets/locales/text-keys.js';
import { datesIn } from './dates.js';
import { escapeHtml, Html, straight } from './html.js';

export const languages = ['en', 'ru'] as const;
export type Language = (typeof languages)[number];
export const defaultLanguage: Language = 'en';

/** Values for a text: an `Html` is put in as it is, everything else is escaped. */
type Values<Name extends string> = Readonly<Record<Name, string | number | Date | Html>>;

/** What a text needs, of several what any of them needs: the compiler refuses a call that leaves one out. */
type Given<Key extends TextKey> = [TextValues[Key]] extends [never] ? [] : [values: Values<TextValues[Key]>];

/** The texts that need these values and no others. */
export type TextsWith<Name extends string> = {
  [Key in TextKey]: [TextValues[Key], Name] extends [Name, TextValues[Key]] ? Key : never;
}[TextKey];

/** The bot's words in one language. */
export interface Translator {
  readonly language: Language;
  /** For messages and captions, sent as HTML. */
  html<Key extends TextKey>(key: Key, ...given: Given<Key>): Html;
  /** For buttons, alerts and everywhere else that takes no markup. */
  plain<Key extends TextKey>(key: Key, ...given: Given<Key>): string;
}

/** Finds files by the name of the package, so it works from the sources and from the build. */
const { resolve } = createRequire(import.meta.url);

type TextsIn = (language: Language) => Translator;

/** They take some 3 MB of memory, and half a dozen parts of the program ask for them. */
let loaded: TextsIn | undefined;

/** The Fluent files, read once. @throws Error on an argument that a text needs and does not get. */
export function loadTexts(): TextsIn {
  loaded ??= readTexts();
  return loaded;
}

function readTexts(): TextsIn {
  const i18n = new I18n({
    defaultLocale: defaultLanguage,
    fluentOptions: {
      warningHandler: ({ path }) => {
        throw new Error(`there is no text "${path}"`);
      },
    },
  });
  for (const language of languages)
    i18n.loadLocaleSync(language, {
      filePath: resolve(`aisha/assets/locales/${language}.ftl`),
      bundleOptions: { useIsolating: false, functions: { DATETIME: datesIn(language) } },
    });
  return (language) => ({
    language,
    html: (key, ...[values]) => Html.trusted(i18n.t(language, key, mapped(values, inMarkup))),
    plain: (key, ...[values]) => i18n.t(language, key, mapped(values, withoutMarkup)),
  });
}

type Value = string | number | Date;

const mapped = (values: Values<string> | undefined, change: (value: Value | Html) => Value) =>
  Object.fromEntries(Object.entries(values ?? {}).map(([name, value]) => [name, change(value)]));

function inMarkup(value: Value | Html): Value {
  if (value instanceof Html) return value.source;
  return typeof value === 'string' ? escapeHtml(value) : value;
}

function withoutMarkup(value: Value | Html): Value {
  if (value instanceof Html) return value.text;
  return typeof value === 'string' ? straight(value) : value;
}

/** The first language of the bot among these tags, e.g. `ru-RU`; else the default. */
export function languageOf(...tags: readonly (string | null | undefined)[]): Language {
  for (const tag of tags) {
    const [name] = (tag ?? '').toLowerCase().split(/[-_]/);
    const found = languages.find((language) => language === name);
    if (found !== undefined) return found;
  }
  return defaultLanguage;
}
