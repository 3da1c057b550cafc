import type { InlineKeyboardButton } from 'grammy/types';
import type { Notice } from '../../../../application/ports/transport.js';
import type { Avatar, EarlierModel } from '../../../../domain/avatar/avatar.js';
import { proofColumns } from '../../../../domain/training/proof-sheet.js';
import type { ProofSheet, Training } from '../../../../domain/training/training.js';
import * as buttons from '../../buttons/avatar-buttons.js';
import { avatarCardButton, useAvatarButton } from '../../buttons/settings-buttons.js';
import type { Keyboard } from '../../speaking.js';
import { Html } from '../../wording/html.js';
import { failureWords } from '../../wording/refusal-words.js';
import type { Words } from '../../wording/words.js';
import { inRows } from '../results/result-keyboard.js';

type Progress = Extract<Notice, { kind: 'training-progress' }>;
type Ended = Extract<Notice, { kind: 'training-ended' }>;

const cells = 10;

/** Minutes, or seconds in tens where a minute would be too much. */
export function durationWords(seconds: number, words: Words): string {
  if (seconds >= 90) return words.plain('duration-minutes', { minutes: Math.round(seconds / 60) });
  return words.plain('duration-seconds', { seconds: Math.max(10, Math.ceil(seconds / 10) * 10) });
}

/** How far a training is, by the trainer's own steps, else by the clock. The bar never claims to be done. */
export function trainingProgressWords(
  { training, pending, expectedSeconds }: Progress,
  name: string,
  now: Date,
  words: Words,
): Html {
  if (pending.phase === 'queued')
    return words.html('training-queued', { name, position: pending.position ?? 0 });
  const { step, steps } = pending;
  const elapsed = Math.max(0, (now.getTime() - training.submittedAt.getTime()) / 1000);
  const part = step !== null && steps !== null && steps > 0 ? step / steps : elapsed / expectedSeconds;
  const left =
    step !== null && steps !== null && step > 0 && steps > 0
      ? Math.min(elapsed, expectedSeconds) * (steps / step - 1)
      : expectedSeconds - elapsed;
  const full = Math.floor(Math.min(0.95, Math.max(0, part)) * cells);
  return Html.join([
    words.html('training-running', {
      name,
      bar: '▰'.repeat(full) + '▱'.repeat(cells - full),
      time: durationWords(left, words),
    }),
    step !== null && steps !== null && words.html('training-steps', { step, steps }),
  ]);
}

export const cancelKeyboard = ({ id }: Training, words: Words): Keyboard => [
  [buttons.cancelTrainingButton.button(words.plain('button-cancel'), { training: id })],
];

export function trainingEndWords({ training }: Ended, name: string, words: Words): Html {
  const credits = training.price;
  return training.status === 'cancelled'
    ? words.html('training-cancelled', { name, credits })
    : words.html('training-failed', { name, credits, reason: failureWords(training.failure, words) });
}

/** Without the avatar there is nothing to go back to. */
export function trainingEndKeyboard({ training, avatar }: Ended, words: Words): Keyboard {
  if (avatar === null) return [];
  const id = { avatar: training.avatar };
  const photos = buttons.draftButton.button(words.plain('button-draft-open'), id);
  return training.status === 'cancelled'
    ? [[photos]]
    : [[buttons.trainMenuButton.button(words.plain('button-try-again'), id)], [photos]];
}

export const readyKeyboard = (avatar: Avatar, words: Words): Keyboard => [
  [useAvatarButton.button(words.plain('button-use-avatar'), { avatar: avatar.id })],
  [avatarCardButton.button(words.plain('button-avatar-card'), { avatar: avatar.id })],
  ...goBackRows(avatar, 'elsewhere', words),
];

/** A way back to what a training replaced, as long as that is there. */
export function goBackRows(
  avatar: Avatar,
  place: (typeof buttons.backPlaces)[number],
  words: Words,
): InlineKeyboardButton[][] {
  if (earlierOf(avatar).length === 0) return [];
  return [[buttons.goBackButton.button(words.plain('button-go-back'), { avatar: avatar.id, place })]];
}

export const earlierOf = (avatar: Avatar): readonly EarlierModel[] =>
  avatar.status === 'ready' ? (avatar.earlier ?? []) : [];

/** A number for each picture that could be made, laid out as on the sheet. */
export function proofKeyboard(
  training: Training,
  sheet: ProofSheet,
  avatar: Avatar,
  words: Words,
  chosen: number | null = null,
): Keyboard {
  const numbers: InlineKeyboardButton[] = sheet.cells
    .filter(({ generation }) => generation !== null)
    .map(({ number }) =>
      buttons.proofButton.button(`${number === chosen ? '✓ ' : ''}${number}`, {
        training: training.id,
        number,
      }),
    );
  const unlike = buttons.unlikeButton.button(words.plain('button-unlike'), { training: training.id });
  const keep =
    chosen === null
      ? []
      : [
          buttons.keepProofButton.button(words.plain('button-keep-proof', { number: chosen }), {
            training: training.id,
            number: chosen,
          }),
        ];
  return [
    ...inRows(numbers, proofColumns),
    ...(keep.length > 0 ? [keep] : []),
    [unlike],
    ...goBackRows(avatar, 'elsewhere', words),
  ];
}
