import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { textsOf } from '../../../scripts/text-keys.js';
import { upscaleButton } from '../../../src/adapters/telegram/buttons/job-buttons.js';
import { payingButton } from '../../../src/adapters/telegram/buttons/paying-button.js';
import {
  creditsRange,
  creditsText,
  pricedShort,
} from '../../../src/adapters/telegram/wording/price-label.js';
import { languages, loadTexts } from '../../../src/adapters/telegram/wording/translator.js';
import { nextUuid } from '../../support/builders/ids.js';

const textsIn = loadTexts();
const source = (language: string) => readFileSync(`assets/locales/${language}.ftl`, 'utf8');
const separator = { en: ',', ru: '\u00a0' } as const;

describe.each(languages)('numbers in %s', (language) => {
  const texts = textsIn(language);
  const thousand = `1${separator[language]}000`;

  it('have a separator of thousands wherever they come from', () => {
    const written = [
      texts.plain('count-credits', { count: 1000 }),
      pricedShort('x', 1000, texts),
      creditsRange({ from: 1000, to: 1000 }, texts),
      creditsRange({ from: 5, to: 1000 }, texts),
      creditsText({ from: 5, to: 1000 }, texts).text,
      payingButton(upscaleButton, 'x', { image: nextUuid(), credits: 1000 }, texts).text,
    ];
    for (const each of written) expect(each).toContain(thousand);
  });

  it('have it in the words themselves', () => {
    expect([...textsOf(source(language)).keys()].length).toBeGreaterThan(100);
    const words = source(language).replaceAll(/<code>.*?<\/code>|\{[^{}]*\}|^#.*$/gm, '');
    expect(words.match(/.*\d{4}.*/g) ?? []).toEqual([]);
  });

  it('are tied to what they count, so that no line ends between the two', () => {
    const words = source(language).replaceAll(/^#.*$|<code>.*?<\/code>/gm, '');
    // Where a text asks how many there are, the noun comes next; but for these.
    const loose = ['of', 'in', 'to', 'создавать'];
    const counted = [...words.matchAll(/\{ \$(\w+) ->\n((?: +\*?\[[^\n]*\n)+)/g)].flatMap(
      ([, name, variants = '']) =>
        [...variants.matchAll(new RegExp(`\\{ \\$${name} \\}(?:</b>)? (\\p{L}+)`, 'gu'))].filter(
          ([, noun = '']) => !loose.includes(noun),
        ),
    );
    expect(counted.map(([text]) => text)).toEqual([]);
    expect(words.match(/\{ \$(\w+) \}(?:<\/b>)? \{ \$\1 ->/g) ?? []).toEqual([]);
    // What is tied once is tied wherever the same number, or one in figures, stands before it.
    const tied = [...words.matchAll(/(\{ \$\w+ \}|\d)(?:<\/b>)?\u00a0([\p{L}⭐]{2,})/gu)];
    const [numbers, nouns] = [1, 2].map((part) => new Set(tied.map((match) => match[part] ?? '')));
    expect(nouns?.size).toBeGreaterThan(20);
    const loosened = [...words.matchAll(/(\{ \$\w+ \}|\d)(?:<\/b>)? ([\p{L}⭐]{2,})/gu)].filter(
      ([, number = '', noun = '']) => nouns?.has(noun) && (/^\d$/.test(number) || numbers?.has(number)),
    );
    expect(loosened.map(([text]) => text)).toEqual([]);
  });

  it('have it in the names of what is sold, tied to the noun', () => {
    const offers: { credits: number; name: Record<string, string> }[] = JSON.parse(
      readFileSync('assets/offers.json', 'utf8'),
    );
    for (const { credits, name } of offers)
      expect(name[language]).toMatch(new RegExp(`^${credits.toLocaleString(language)}\u00a0\\S+$`));
  });
});

describe('dates', () => {
  const until = new Date('2026-12-04T12:00:00Z');

  it.each([
    ['en', 'December\u00a04'],
    ['ru', '4\u00a0декабря'],
  ] as const)('in %s keep the day with its month where a line breaks', (language, day) => {
    const text = textsIn(language).html('receipt-month', { credits: '400', stars: 440, until }).text;
    expect(text).toContain(day);
  });

  it('leave room for a line to break before the year and the time', () => {
    expect(textsIn('en').plain('gallery-grid-day', { at: until })).toBe('Dec\u00a04, 2026');
  });

  it('say the hour as it was asked for', () => {
    const label = textsIn('en').plain('button-broadcast-open', { at: until });
    expect(label).toMatch(/^⏳ Dec\u00a04, \d\d:00 UTC$/);
  });
});
