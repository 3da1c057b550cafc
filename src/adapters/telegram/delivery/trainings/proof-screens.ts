import type { InlineKeyboardButton } from 'grammy/types';
import type { Avatar } from '../../../../domain/avatar/avatar.js';
import { isUnlike, likenesses } from '../../../../domain/training/likeness.js';
import { proofColumns } from '../../../../domain/training/proof-sheet.js';
import type { ProofCell, ProofSheet, Training } from '../../../../domain/training/training.js';
import * as buttons from '../../buttons/avatar-buttons.js';
import type { Keyboard, Screen } from '../../replies.js';
import { decimal } from '../../wording/decimal.js';
import { Html } from '../../wording/html.js';
import type { RetrainPrice } from '../../wording/training-price.js';
import type { Translator } from '../../wording/translator.js';
import { inRows } from '../results/result-keyboard.js';
import { goBackRows } from './training-texts.js';

export interface ProofFacts {
  /** The avatar's. */
  readonly name: string;
  /** Of training it again. */
  readonly price: RetrainPrice;
  /** A photo stands at the left of it. */
  readonly hasOriginal: boolean;
}

/** What a proof sheet is for. Where nothing on it looks like them, what to do about that comes first. */
export function proofText(
  { cells }: ProofSheet,
  { name, price, hasOriginal }: ProofFacts,
  texts: Translator,
): Html {
  const groups = likenesses.flatMap((likeness) => {
    const numbers = cells.filter((cell) => cell.likeness === likeness && cell.generation !== null);
    if (numbers.length === 0) return [];
    const listed = numbers.map(({ number }) => number).join(', ');
    return [texts.html('proof-likeness', { likeness: texts.html(`likeness-${likeness}`), numbers: listed })];
  });
  const question = Html.join([
    texts.html('proof-sheet', { name }),
    hasOriginal && texts.html('proof-original'),
    ...groups,
  ]);
  if (!isUnlike(cells)) return question;
  return Html.join([texts.html('proof-unlike', { name }), adviceText(name, price, texts), question], '\n\n');
}

export const adviceText = (name: string, { isFree, credits }: RetrainPrice, texts: Translator): Html =>
  Html.join(
    [
      texts.html('unlike-advice', { name }),
      isFree ? texts.html('unlike-free') : credits !== null && texts.html('unlike-price', { credits }),
    ],
    '\n\n',
  );

/** A number for each picture that could be made, laid out as on the sheet. */
export function proofKeyboard(
  training: Training,
  { cells }: ProofSheet,
  avatar: Avatar,
  texts: Translator,
  chosen: number | null = null,
): Keyboard {
  const numbers: InlineKeyboardButton[] = cells
    .filter(({ generation }) => generation !== null)
    .map(({ number }) =>
      buttons.proofLookButton.choice(number === chosen, String(number), { training: training.id, number }),
    );
  const unlike = isUnlike(cells)
    ? buttons.retrainButton.button(texts.plain('button-retrain'), { avatar: training.avatar })
    : buttons.unlikeButton.button(texts.plain('button-unlike'), { training: training.id });
  return [...inRows(numbers, proofColumns), [unlike], ...goBackRows(avatar, 'elsewhere', texts)];
}

/** One picture of the sheet, large. */
export function proofCellScreen(
  training: Training,
  { number, scale, likeness = null }: ProofCell,
  isUsed: boolean,
  texts: Translator,
): Screen {
  const id = { training: training.id, number };
  const use = texts.plain('button-use-strength');
  return {
    text: Html.join(
      [
        texts.html('proof-cell', { number, strength: decimal(scale, texts) }),
        likeness !== null && texts.html(`likeness-${likeness}`),
      ],
      ' · ',
    ),
    keyboard: [
      [buttons.proofUseButton.choice(isUsed, use, id)],
      [buttons.keepProofButton.button(texts.plain('button-keep-proof', { number }), id)],
    ],
  };
}
