import type { InlineKeyboardButton } from 'grammy/types';
import type { GenerationForm } from '../../../../application/ports/stores/form-store.js';
import type { Notification } from '../../../../application/ports/transport.js';
import type { Avatar, EarlierModel } from '../../../../domain/avatar/avatar.js';
import { cut } from '../../../../domain/text/cut-text.js';
import type { Training } from '../../../../domain/training/training.js';
import * as buttons from '../../buttons/avatar-buttons.js';
import { formOpenButton } from '../../buttons/form-buttons.js';
import {
  avatarCardButton,
  ideaForAvatarButton,
  useAvatarButton,
  useFromNowOnButton,
} from '../../buttons/settings-buttons.js';
import type { Keyboard } from '../../replies.js';
import { bar } from '../../wording/bar.js';
import { Html } from '../../wording/html.js';
import { ideasOf, promptIdeas } from '../../wording/prompt-ideas.js';
import { failureText } from '../../wording/refusal-texts.js';
import type { Translator } from '../../wording/translator.js';
import { inRows } from '../results/result-keyboard.js';

type Progress = Extract<Notification, { kind: 'training-progress' }>;
type Ended = Extract<Notification, { kind: 'training-ended' }>;

const ideasShown = 4;

/** Minutes, or seconds in tens where a minute would be too much. */
export function durationText(seconds: number, texts: Translator): string {
  if (seconds >= 90) return texts.plain('duration-minutes', { minutes: Math.round(seconds / 60) });
  return texts.plain('duration-seconds', { seconds: Math.max(10, Math.ceil(seconds / 10) * 10) });
}

/** How far a training is, by the trainer's own steps, else by the clock. The bar never claims to be done. */
export function trainingProgressText(
  { training, pending, expectedSeconds }: Progress,
  name: string,
  now: Date,
  texts: Translator,
): Html {
  if (pending.phase === 'queued')
    return texts.html('training-queued', { name, position: pending.position ?? 0 });
  const { step, steps } = pending;
  const elapsed = Math.max(0, (now.getTime() - training.submittedAt.getTime()) / 1000);
  const part = step !== null && steps !== null && steps > 0 ? step / steps : elapsed / expectedSeconds;
  const left =
    step !== null && steps !== null && step > 0 && steps > 0
      ? Math.min(elapsed, expectedSeconds) * (steps / step - 1)
      : expectedSeconds - elapsed;
  return Html.join([
    texts.html('training-running', {
      name,
      bar: bar(Math.min(0.95, Math.max(0, part))),
      time: durationText(left, texts),
    }),
    step !== null && steps !== null && texts.html('training-steps', { step, steps }),
  ]);
}

export const cancelKeyboard = ({ id }: Training, texts: Translator): Keyboard => [
  [buttons.cancelTrainingButton.button(texts.plain('button-cancel'), { training: id })],
];

export function trainingEndText({ training }: Ended, name: string, texts: Translator): Html {
  const credits = training.price;
  return training.status === 'cancelled'
    ? texts.html('training-cancelled', { name, credits })
    : texts.html('training-failed', { name, credits, reason: failureText(training.failure, texts) });
}

/** None when the avatar was deleted. */
export function trainingEndKeyboard({ training, avatar }: Ended, texts: Translator): Keyboard {
  if (avatar === null) return [];
  const id = { avatar: training.avatar };
  const photos = buttons.draftButton.button(texts.plain('button-draft-open'), id);
  return training.status === 'cancelled'
    ? [[photos]]
    : [[buttons.trainMenuButton.button(texts.plain('button-train-retry'), id)], [photos]];
}

/** `kept`: what its owner asked for before, offered again. */
export const readyKeyboard = (
  avatar: Avatar,
  texts: Translator,
  kept: GenerationForm | null = null,
): Keyboard => [
  ...(kept === null ? [] : [[formOpenButton.button(texts.plain('button-make-kept'), { form: kept.id })]]),
  ...(avatar.isMain ? [] : [[fromNowOn(avatar, texts)]]),
  ...(kept === null && earlierOf(avatar).length === 0 ? inRows(ideas(avatar, texts), 2) : []),
  [useAvatarButton.button(texts.plain('button-use-avatar'), { avatar: avatar.id })],
  [avatarCardButton.button(texts.plain('button-avatar-card'), { avatar: avatar.id })],
  ...goBackRows(avatar, 'elsewhere', texts),
];

/** For whoever does not know yet what to ask for: a tap shows the whole of it, with its price. */
const ideas = ({ id, type }: Avatar, texts: Translator): InlineKeyboardButton[] =>
  ideasOf(id, type, texts.language, ideasShown).map((idea) =>
    ideaForAvatarButton.button(promptIdeas(type, texts.language)[idea]?.title ?? '', { avatar: id, idea }),
  );

const fromNowOn = ({ id, name }: Avatar, texts: Translator): InlineKeyboardButton =>
  useFromNowOnButton.button(texts.plain('button-use-from-now-on', { name: cut(name, 20) }), { avatar: id });

/** A button that goes back to the model that a training replaced, while that is kept. */
export function goBackRows(
  avatar: Avatar,
  place: (typeof buttons.backPlaces)[number],
  texts: Translator,
): InlineKeyboardButton[][] {
  if (earlierOf(avatar).length === 0) return [];
  return [[buttons.goBackButton.button(texts.plain('button-go-back'), { avatar: avatar.id, place })]];
}

export const earlierOf = (avatar: Avatar): readonly EarlierModel[] =>
  avatar.status === 'ready' ? (avatar.earlier ?? []) : [];
