import { expect, it } from 'vitest';
import { searchTerms } from '../../../src/domain/text/search-terms.js';

const finds = (words: string, text: string) => searchTerms(words).every((word) => text.includes(word));

it.each([
  ['ёлкой', 'елка у реки'],
  ['рыцари', 'рыцарь в замке'],
  ['красного платья', 'девушка в красном платье'],
  ['горах', 'восход в горы'],
  ['harbours', 'a harbour at dawn'],
  ['dawn harbour', 'a harbour at dawn'],
  ['dresses', 'in a red dress'],
  ['beaches', 'on a beach'],
  ['horses', 'a horse'],
])('%s finds “%s”', (words, text) => {
  expect(finds(words, text)).toBe(true);
});

it.each([
  ['harbour knight', 'a harbour at dawn'],
  ['дом', 'замок'],
])('%s does not find “%s”', (words, text) => {
  expect(finds(words, text)).toBe(false);
});

it('leaves short words and everything that is not a word as they are', () => {
  expect(searchTerms('  год 100% t_e as Bus Ёж ')).toEqual(['год', '100%', 't_e', 'as', 'Bus', 'Еж']);
  expect(searchTerms('')).toEqual([]);
});
