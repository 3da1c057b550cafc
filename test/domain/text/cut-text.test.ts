import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cut, shown } from '../../../src/domain/text/cut-text.js';
import { anyLetter } from '../../fixtures/any-letter.js';
import { nastyCases } from '../../fixtures/nasty-strings.js';

const halves = (text: string) => text.match(/\p{Cs}/gu)?.length ?? 0;

it.each(nastyCases)('cuts %s at any length without halving a letter', (_name, text) => {
  const already = halves(text);
  for (const limit of [1, 2, 40, 199, 200, 201]) {
    const kept = cut(text, limit);
    expect([...kept].length).toBeLessThanOrEqual(limit);
    expect(halves(kept)).toBeLessThanOrEqual(already);
  }
});

it('leaves alone what is short enough, counted in code points', () => {
  expect(cut('😀'.repeat(40), 40)).toBe('😀'.repeat(40));
  expect(cut('😀'.repeat(41), 40)).toBe(`${'😀'.repeat(39)}…`);
});

it('never halves a letter of well-formed text', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: anyLetter, maxLength: 60 }),
      fc.integer({ min: 1, max: 30 }),
      (text, limit) => {
        expect(halves(cut(text, limit))).toBe(0);
      },
    ),
  );
});

it('shows what is nothing as JSON calls it, and asks no object for its text', () => {
  expect(shown(null, 9)).toBe('null');
  expect(shown(JSON.parse('{"toString": 1}'), 20)).toBe('[object Object]');
});
