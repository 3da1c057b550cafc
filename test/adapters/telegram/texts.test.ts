import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { textKeysFile, textKeysSource, textsOf } from '../../../scripts/text-keys.js';
import { asMarkup } from '../../../src/adapters/telegram/replies.js';
import { Html } from '../../../src/adapters/telegram/wording/html.js';
import {
  failureText,
  problemText,
  refusalText,
} from '../../../src/adapters/telegram/wording/refusal-texts.js';
import { languageOf, languages, loadTexts } from '../../../src/adapters/telegram/wording/translator.js';
import { allowanceKinds } from '../../../src/domain/allowance.js';
import type { Problem, Refusal } from '../../../src/domain/errors.js';
import { failureKinds } from '../../../src/domain/failure.js';
import { cut } from '../../../src/domain/text/cut-text.js';
import { everyRefusal } from '../../support/every-refusal.js';

const textsIn = loadTexts();
const source = (language: string) => readFileSync(`assets/locales/${language}.ftl`, 'utf8');

/** Name of each text, and the names of what stands in it. */
function texts(language: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const [name, values] of textsOf(source(language))) {
    expect(found.has(name), `${language}: there are two texts "${name}"`).toBe(false);
    found.set(name, values);
  }
  return found;
}

function sources(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');
}

/** Whether neither a word of the code nor one that is put together there (`preset-${name}`) is this name. */
function unaskedIn(code: string): (name: string) => boolean {
  const asked = [
    ...code.matchAll(/\b(?:html|plain)\(\s*(?:[\w.?! ]+\?\s*)?['`]([^'`]+)['`](?:\s*:\s*'([^']+)')?/g),
  ]
    .flatMap(([, one, other]) => [one, other])
    .filter((name) => name !== undefined);
  expect(asked.length).toBeGreaterThan(100);
  const patterns = asked.map((name) => new RegExp(`^${name.replace(/\$\{[^}]*\}/g, '.+')}$`));
  return (name) => !patterns.some((each) => each.test(name)) && !code.includes(`'${name}'`);
}

describe('the locale files', () => {
  it('have the same texts with the same values in every language', () => {
    const [english, ...others] = languages.map(texts);
    for (const other of others) expect(other).toEqual(english);
    expect(english?.size).toBeGreaterThan(150);
  });

  it('are what the compiler knows: `npm run text-keys` after a change of names', () => {
    expect(readFileSync(textKeysFile, 'utf8'), 'stale: run npm run text-keys').toBe(
      textKeysSource(source('en')),
    );
  });

  it('stand with everything that each text needs, so that the compiler refuses a call without it', () => {
    const needs =
      'two = { $count ->\n    [one] { $name }\n   *[other] { DATETIME($at, day: "numeric") }\n}\n';
    const made = textKeysSource(`# { $comment }\none = Plain\n${needs}`);
    expect(made).toContain(" 'one': never; 'two': 'at' | 'count' | 'name';\n");
  });

  it('are asked for with all that they need: without it nothing compiles, and nothing is said', () => {
    for (const language of languages) {
      const texts = textsIn(language);
      // @ts-expect-error the strength is missing
      expect(() => texts.plain('proof-chosen', { name: 'Ada' })).toThrow('strength');
      // @ts-expect-error everything is missing
      expect(() => texts.html('proof-chosen')).toThrow();
      const either = (key: 'avatar-say-name' | 'proof-chosen') =>
        // @ts-expect-error one of them needs a strength
        texts.plain(key, { name: 'Ada' });
      expect(either('avatar-say-name')).toContain('Ada');
      expect(() => either('proof-chosen')).toThrow('strength');
    }
  });

  it('have no text that nobody asks for', () => {
    const unasked = unaskedIn(sources('src/adapters/telegram'));
    const names = textsOf(source('en')).map(([name]) => name);
    expect(names.filter(unasked)).toEqual([]);
    expect([...names, 'asked-by-nobody'].filter(unasked)).toEqual(['asked-by-nobody']);
  });

  it('use no markup but Telegram’s', () => {
    for (const language of languages) {
      const tags = [...source(language).matchAll(/<[^>]*>/g)].map(([tag]) => tag);
      expect(new Set(tags.filter((tag) => !/^<\/?(b|i|code|pre|tg-spoiler)>$/.test(tag)))).toEqual(new Set());
    }
  });

  it.each([
    [1, 'У вас 1\u00a0кредит.', 'You have 1\u00a0credit.'],
    [2, 'У вас 2\u00a0кредита.', 'You have 2\u00a0credits.'],
    [5, 'У вас 5\u00a0кредитов.', 'You have 5\u00a0credits.'],
    [21, 'У вас 21\u00a0кредит.', 'You have 21\u00a0credits.'],
    [0, 'У вас 0\u00a0кредитов.', 'You have 0\u00a0credits.'],
  ])('count %i right', (balance, russian, english) => {
    expect(textsIn('ru').html('balance', { balance, held: 0 }).text).toBe(russian);
    expect(textsIn('en').html('balance', { balance, held: 0 }).text).toBe(english);
  });
});

it.each(languages)('in %s a price is never torn from its number by the end of a line', (language) => {
  const texts = textsIn(language);
  for (const count of [0, 1, 2, 5, 21]) {
    expect(texts.plain('count-credits', { count })).toMatch(/^\d+\u00a0\p{L}+$/u);
    expect(texts.plain('credits-from-to', { from: 0, to: count })).toMatch(/^0–\d+\u00a0\p{L}+$/u);
  }
});

const nasty = '<TOK> & *bold* _it_ `x` [a](b) 😀 &lt;';

describe('a time of day', () => {
  it('is told in twenty-four hours and as UTC, in every language, also just after midnight', () => {
    const at = new Date('2026-11-28T00:05:00Z');
    const line = { at, who: 'cli', what: 'x' };
    const told = languages.map((language) => textsIn(language).plain('act-line', line));
    expect(told).toEqual([
      'Nov\u00a028, 00:05 UTC · <code>cli</code> · x',
      '28\u00a0нояб., 00:05 UTC · <code>cli</code> · x',
    ]);
  });

  it('is put by no text in a way of its own', () => {
    for (const language of languages)
      expect(source(language)).not.toMatch(/hour12|hourCycle|timeZone|DATETIME\([^)]*\) \}\s\(?UTC/);
  });
});

describe('what people typed', () => {
  it('never becomes markup, and comes back as it was', () => {
    const html = textsIn('en').html('avatar-say-name', { name: nasty });
    expect(html.source).toContain('&lt;TOK&gt; &amp; *bold*');
    expect(html.text).toContain(nasty);
    expect(Html.of(nasty).text).toBe(nasty);
  });

  it('written from right to left keeps to its place', () => {
    expect(textsIn('en').html('avatar-say-name', { name: 'שלום' }).source).toContain('\u2068שלום\u2069');
  });

  it('is cut between characters', () => {
    expect(cut('abc', 3)).toBe('abc');
    expect(cut('abcd', 3)).toBe('ab…');
    expect(cut('a👨‍👩‍👧‍👦b', 4)).toBe('a…');
    expect([...cut('😀'.repeat(9), 5)]).toHaveLength(5);
  });
});

const problemCodes: Problem['code'][] = [
  'required',
  'too_short',
  'too_long',
  'no_words',
  'unknown_value',
  'out_of_range',
  'not_supported',
  'malformed',
  'not_https',
  'private_address',
];

describe.each(languages)('in %s', (language) => {
  const texts = textsIn(language);

  it('every refusal and every failure is told', () => {
    for (const refusal of Object.values(everyRefusal))
      expect(refusalText(refusal as Refusal, texts).text).not.toBe('');
    for (const kind of allowanceKinds)
      expect(refusalText({ code: 'allowance_spent', kind, limit: 1, seconds: 7300 }, texts).text).toContain(
        '3',
      );
    for (const kind of failureKinds) expect(failureText({ kind, detail: '' }, texts).text).not.toBe('');
    for (const status of ['draft', 'training', 'failed'] as const)
      expect(refusalText({ code: 'avatar_not_ready', avatar: 'A', status }, texts).text).not.toContain('{');
  });

  it('every problem of a field is told, with what is possible', () => {
    for (const code of problemCodes) {
      const text = problemText({ field: 'seed', code, received: nasty, allowed: '1-50' }, texts).text;
      expect(text).toContain('1–50');
    }
  });
});

it('speaks the language that was chosen, else the client’s, else English', () => {
  expect(languageOf('ru', 'en')).toBe('ru');
  expect(languageOf(null, 'ru-RU')).toBe('ru');
  expect(languageOf(undefined, 'pt_BR')).toBe('en');
  expect(languageOf()).toBe('en');
});

it('no name turns the letters around it, in a text, an alert or on a button', () => {
  const name = 'photo\u202egnp.exe\u2067';
  const texts = textsIn('en');
  const shown = [
    texts.html('avatar-say-name', { name }).source,
    texts.plain('button-keep-name', { name }),
    Html.of(name).source,
    asMarkup([[{ text: name, callback_data: 'x' }]]).inline_keyboard[0]?.[0]?.text,
  ];
  for (const text of shown) expect(text).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
});
