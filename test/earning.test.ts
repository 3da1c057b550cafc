import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { openOffers } from '../src/composition/open-offers.js';
import { loadConfig } from '../src/composition/settings/config.js';
import { openPrices } from '../src/composition/settings/open-price-list.js';
import {
  costOfGivenCredit,
  lossesAmong,
  type Margin,
  marginsOf,
  type Sold,
  worthOfCredit,
} from '../src/domain/operator/margins.js';
import { dollarsOfStar } from '../src/domain/operator/numbers.js';
import {
  type ListedPrice,
  listProblems,
  type Prices,
  pricesWithList,
} from '../src/domain/operator/price-list.js';
import type { Offer } from '../src/domain/payments/offer.js';
import { usualPrices } from '../src/domain/provider-prices.js';

const document = readFileSync('docs/operations.md', 'utf8');
const chapterOf = (title: string) => document.split(`\n## ${title}\n`)[1]?.split('\n## ')[0] ?? expect.fail();
const inOneLine = (text: string) => text.replaceAll(/\s+/g, ' ');
const now = new Date('2026-12-01T00:00:00Z');
const config = loadConfig({});

const money = (dollars: number, digits = 2) =>
  `${dollars < -0.004 ? '−' : ''}$${Math.abs(dollars).toFixed(digits)}`;
const cents = (dollars: number) => `${(dollars * 100).toFixed(2)} cents`;

let offers: readonly Offer[];
let shipped: readonly Margin[];
let listed: readonly Margin[];
let worth: number;
beforeAll(async () => {
  offers = await openOffers(config);
  worth = worthOfCredit(offers) ?? expect.fail();
  const usual = await openPrices(config);
  const margins = (prices: Prices) => marginsOf({ prices, offers, providerPrices: usualPrices }, now);
  shipped = margins(usual);
  listed = margins(pricesWithList(usual, exampleList()));
});

/** The list of the chapter before, as an operator would copy it. */
function exampleList(): ListedPrice[] {
  const block = /^ {4}\[\n[\s\S]*?^ {4}\]$/m.exec(chapterOf('Prices by preset'))?.[0] ?? expect.fail();
  const absent = { preset: null, endpoint: null, training: null, speed: null };
  return JSON.parse(block).map((line: object) => ({ ...absent, ...line }));
}

const things: ReadonlyArray<readonly [string, Sold]> = [
  ['a picture with a LoRA, fast', { kind: 'picture', preset: 'fast', endpoint: 'fal-ai/flux-lora' }],
  ['a picture with a LoRA, balanced', { kind: 'picture', preset: 'balanced', endpoint: 'fal-ai/flux-lora' }],
  ['a picture with a LoRA, quality', { kind: 'picture', preset: 'quality', endpoint: 'fal-ai/flux-lora' }],
  [
    'a picture with a finetune, balanced',
    { kind: 'picture', preset: 'balanced', endpoint: 'fal-ai/flux-pro/finetuned' },
  ],
  [
    'a picture with a finetune, ultra (2K)',
    { kind: 'picture', preset: 'ultra', endpoint: 'fal-ai/flux-pro/v1.1-ultra-finetuned' },
  ],
  ['an enlargement to 4.3 megapixels', { kind: 'upscale' }],
  ['a person, fast', { kind: 'training', type: 'portrait', speed: 'fast' }],
  ['a person, balanced', { kind: 'training', type: 'portrait', speed: 'balanced' }],
  ['a person, quality', { kind: 'training', type: 'portrait', speed: 'quality' }],
  ['a style, fast', { kind: 'training', type: 'artistic', speed: 'fast' }],
  ['a style, balanced', { kind: 'training', type: 'artistic', speed: 'balanced' }],
  ['a style, quality', { kind: 'training', type: 'artistic', speed: 'quality' }],
];

const marginOf = (name: string, margins: readonly Margin[]): Margin & { cost: number } => {
  const wanted = things.find(([each]) => each === name)?.[1] ?? expect.fail();
  const found = margins.find(({ sold }) =>
    Object.entries(wanted).every(([key, value]) => Reflect.get(sold, key) === value),
  );
  if (found === undefined || found.cost === null) return expect.fail();
  return { ...found, cost: found.cost };
};
const left = ({ brings, cost }: { brings: number; cost: number }) => brings - cost;
const costOf = (name: string) => marginOf(name, listed).cost;
const creditsOf = (name: string) => marginOf(name, listed).credits;

/** The month of the example: how many of each offer were bought, and what was made of the credits. */
const bought = { small: 8, medium: 6, large: 3, huge: 1, month: 2 };
const made = {
  'a person, balanced': 4,
  'a picture with a LoRA, fast': 100,
  'a picture with a LoRA, balanced': 200,
  'a picture with a finetune, ultra (2K)': 40,
  'an enlargement to 4.3 megapixels': 8,
};
const newcomers = { count: 30, credits: 10 };

/** In the handbook lines may break anywhere. */
const plain = ({ en }: { readonly en: string }) => en.replaceAll('\u00a0', ' ');

/** Everything in the chapter that has a number in it, reckoned anew. */
function reckoned(): string[] {
  const star = dollarsOfStar;
  const priceOf = (id: string) => offers.find((offer) => offer.id === id) ?? expect.fail();
  const stars = sum(Object.entries(bought), ([id, count]) => count * priceOf(id).stars);
  const sold = sum(Object.entries(bought), ([id, count]) => count * priceOf(id).credits);
  const spent = sum(Object.entries(made), ([name, count]) => count * creditsOf(name));
  const cost = sum(Object.entries(made), ([name, count]) => count * costOf(name));
  const gifts = newcomers.count * newcomers.credits * costOfGivenCredit(listed);
  const refunded = priceOf('small').stars;
  const income = (stars - refunded) * star;
  const training = marginOf('a person, balanced', listed);
  const retrains = Math.floor(training.cost / left(training));
  return [
    `One Star brings you ${money(star, 3)}`,
    ...offers.map(
      ({ name, stars: price, credits }) =>
        `| ${plain(name)} | ${price} | ${money(price * star)} | ${cents((price * star) / credits)} |`,
    ),
    `${cents(worth)} a credit`,
    ...things.map(([name]) => {
      const [before, after] = [marginOf(name, shipped), marginOf(name, listed)];
      return `| ${name} | ${money(before.cost, 3)} | ${before.credits} | ${money(left(before), 3)} | ${after.credits} | ${money(left(after), 3)} |`;
    }),
    `${lossesAmong(shipped).length} things are sold at a loss`,
    ...Object.entries(bought).map(([id, count]) => {
      const { name, stars: price } = priceOf(id);
      return `| ${count} × ${plain(name)} | ${count * price} Stars | ${money(count * price * star)} |`;
    }),
    `| one of the small packs given back, untouched | −${refunded} Stars | ${money(-refunded * star)} |`,
    `| ${stars - refunded} Stars are left | | ${money(income)} |`,
    ...Object.entries(made).map(
      ([name, count]) =>
        `| ${count} × ${name} | ${count * creditsOf(name)} credits | ${money(-count * costOf(name))} |`,
    ),
    `| ${newcomers.count} newcomers with a gift of ${newcomers.credits} credits, all spent | ${newcomers.count * newcomers.credits} credits | ${money(-gifts)} at most |`,
    `| what is left of it | | ${money(income - cost - gifts)} |`,
    `Of the ${sold - priceOf('small').credits} credits that were kept, ${spent} were spent`,
    `A gift of ${newcomers.credits} credits costs you up to ${money(newcomers.credits * costOfGivenCredit(listed), 2)}`,
    `a code with ${100} uses of ${20} credits up to ${money(100 * 20 * costOfGivenCredit(listed))}`,
    `A second training for nothing (\`FREE_RETRAINS\`, ${config.trainingPolicy.freeRetrains}) costs you ${money(training.cost)}, and a paid one leaves ${money(left(training))}: it pays while no more than one in ${retrains + 1} people wants one`,
    `the ${plain(priceOf('huge').name)} that were spent to the last cost you up to ${money(priceOf('huge').credits * costOfGivenCredit(listed))}`,
    `within \`REFUND_DAYS\` (${config.refundDays})`,
  ];
}

const sum = <Row>(rows: readonly Row[], of: (row: Row) => number) =>
  rows.reduce((total, row) => total + of(row), 0);

test('every number in the chapter about earning is reckoned from the offers, prices and costs that are shipped', () => {
  let chapter = inOneLine(chapterOf('Earning with it'));
  for (const text of reckoned()) {
    expect(chapter, 'the chapter says something else').toContain(text);
    chapter = chapter.replaceAll(text, '');
  }
  // Whatever has a digit yet was reckoned by nobody.
  expect(chapter.match(/[^ ]*\d[^ ]*/g) ?? []).toEqual([]);
});

test('the price list that the manual shows is one, and loses nothing', () => {
  expect(listProblems(exampleList())).toEqual([]);
  expect(lossesAmong(listed)).toEqual([]);
});

test('people can spend no more than they bought', () => {
  const sold = sum(
    Object.entries(bought),
    ([id, count]) => count * (offers.find((each) => each.id === id)?.credits ?? 0),
  );
  expect(sum(Object.entries(made), ([name, count]) => count * creditsOf(name))).toBeLessThan(sold - 50);
});
