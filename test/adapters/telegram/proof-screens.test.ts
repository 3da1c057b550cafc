import { describe, expect, it } from 'vitest';
import {
  proofCellScreen,
  proofKeyboard,
  proofText,
} from '../../../src/adapters/telegram/delivery/trainings/proof-screens.js';
import { retrainPrice } from '../../../src/adapters/telegram/wording/training-price.js';
import { languages, loadTexts } from '../../../src/adapters/telegram/wording/translator.js';
import { generationId } from '../../../src/domain/ids.js';
import type { Likeness } from '../../../src/domain/training/likeness.js';
import { proofCells } from '../../../src/domain/training/proof-sheet.js';
import type { ProofSheet } from '../../../src/domain/training/training.js';
import { aStoredImage } from '../../support/builders/a-stored-image.js';
import { aTraining } from '../../support/builders/a-training.js';
import { anAvatar } from '../../support/builders/an-avatar.js';
import { nextUuid } from '../../support/builders/ids.js';

const textsIn = loadTexts();
const english = textsIn('en');
const avatar = anAvatar({ name: 'Ada' });
const training = aTraining({ status: 'ready' });
const prices = {
  portrait: { fast: 60, balanced: 150, quality: 240 },
  artistic: { fast: 150, balanced: 150, quality: 150 },
};

const sheetOf = (...alike: readonly (Likeness | null)[]): ProofSheet => ({
  image: aStoredImage(),
  cells: proofCells('portrait').map((cell, index) => ({
    ...cell,
    generation: generationId(nextUuid()),
    likeness: alike[index] ?? null,
  })),
});
const textOf = (
  sheet: ProofSheet,
  { isFree = true, hasOriginal = true, texts = english, name = 'Ada' } = {},
) =>
  proofText(sheet, { name, price: retrainPrice(isFree, prices, 'portrait', texts), hasOriginal }, texts).text;
const labels = (sheet: ProofSheet) =>
  proofKeyboard(training, sheet, avatar, english).map((row) => row.map(({ text }) => text));

describe('a proof sheet', () => {
  it('says in words which pictures are how alike, and never in numbers', () => {
    const text = textOf(sheetOf('very', 'alike', 'alike', 'less', null, null));
    expect(text).toBe(
      [
        '🔍 Which looks most like Ada? Tap a number to see it large.',
        'On the left: one of your photos.',
        'Very alike: 1',
        'Alike: 2, 3',
        'Less alike: 4',
      ].join('\n'),
    );
    expect(text).not.toContain('%');
  });

  it('says nothing of what it does not know: no likeness, no photo', () => {
    expect(textOf(sheetOf(), { hasOriginal: false })).toBe(
      '🔍 Which looks most like Ada? Tap a number to see it large.',
    );
    expect(labels(sheetOf())).toEqual([['1', '2', '3'], ['4', '5', '6'], ['😕 None looks right']]);
  });

  it('offers the free training with advice by itself when none is alike', () => {
    const sheet = sheetOf('less', 'less', null, 'less');
    const text = textOf(sheet);
    expect(text).toContain('None of these looks much like Ada yet.');
    expect(text).toContain('from several sides');
    expect(text).toContain('The next training is free.');
    expect(labels(sheet).at(-1)).toEqual(['🔁 Train again']);
    expect(textOf(sheet, { isFree: false })).toContain('Training again: 60–240\u00a0credits.');
  });

  it.each(languages)('fits under a picture at its longest, in %s', (language) => {
    const sheet = sheetOf('less', 'less', 'less', 'less', 'less', 'less');
    expect(textOf(sheet, { texts: textsIn(language), name: 'W'.repeat(50) }).length).toBeLessThanOrEqual(
      1024,
    );
  });

  it('shows a picture large with its strength and what can be done with it', () => {
    const [cell] = sheetOf('very').cells;
    if (cell === undefined) throw new Error('there is a first cell');
    const { text, keyboard } = proofCellScreen(training, cell, false, english);
    expect(text.text).toBe('1 · strength 0.8 · Very alike');
    expect(proofCellScreen(training, cell, false, textsIn('ru')).text.text).toContain('сила 0,8');
    expect(keyboard.flat().map((button) => button.text)).toEqual(['Use this strength', '🖼 Keep picture 1']);
    const [[used] = []] = proofCellScreen(training, cell, true, english).keyboard;
    expect(used?.text).toBe('✓ Use this strength');
  });
});
