import type { InlineKeyboardButton } from 'grammy/types';
import type { TrainingQuote } from '../../../../application/training/request-training.js';
import type { Avatar } from '../../../../domain/avatar/avatar.js';
import {
  type AvatarDraft,
  type ConsentSubject,
  consentFits,
  consentSubjects,
} from '../../../../domain/avatar/avatar-draft.js';
import {
  type DraftPhoto,
  describeSet,
  mainWarning,
  photoLimits,
  photoWarnings,
} from '../../../../domain/avatar/photo.js';
import { cut } from '../../../../domain/text/cut-text.js';
import { defaultSpeed } from '../../../../domain/training/training-order.js';
import * as buttons from '../../buttons/avatar-buttons.js';
import { asMain } from '../../buttons/button-kind.js';
import { keepNameButton } from '../../buttons/question-buttons.js';
import type { Keyboard, Screen } from '../../replies.js';
import { bar } from '../../wording/bar.js';
import { Html } from '../../wording/html.js';
import { priced } from '../../wording/price-label.js';
import type { Translator } from '../../wording/translator.js';
import { durationText } from '../trainings/training-texts.js';

export interface DraftFacts {
  readonly avatar: Avatar;
  readonly draft: AvatarDraft;
  readonly photos: readonly DraftPhoto[];
  /** Other avatars of theirs that photos could go to. */
  readonly others: number;
  /** What was sent is being looked at just now. */
  readonly isLooking: boolean;
  /** What its training costs and takes. */
  readonly quote: Pick<TrainingQuote, 'choices' | 'isFree'>;
}

/** What a draft has, what it lacks, and what its owner can do next. */
export function draftScreen(facts: DraftFacts, texts: Translator): Screen {
  const { avatar, draft, photos, others, isLooking } = facts;
  const { kept, advice } = describeSet(photos, avatar.type);
  const text = Html.join([
    texts.html('draft-title', { name: avatar.name, type: texts.html(`avatar-type-${avatar.type}`) }),
    avatar.status === 'ready' && texts.html('draft-again'),
    texts.html(kept < photoLimits.fewest ? 'draft-count' : 'draft-count-enough', {
      ...{ bar: bar(Math.min(1, kept / photoLimits.fewest)), kept },
      ...{ fewest: photoLimits.fewest, most: photoLimits.most },
    }),
    ...warningLines(photos, texts),
    isLooking && texts.html('draft-looking'),
    // Without any photo the next line says how many are needed.
    ...(photos.length === 0
      ? []
      : advice.map(({ code, count }) => texts.html(`photo-advice-${code}`, { count }))),
    photos.length === 0 && texts.html('draft-say-photos', { fewest: photoLimits.fewest }),
    !draft.named && avatar.status === 'draft' && texts.html('draft-say-name', { name: avatar.name }),
    draft.consent === null && texts.html(`consent-${avatar.type}`),
    others > 0 && draft.openedAt !== null && texts.html('draft-photos-go-here'),
    ...(canBeTrained(facts) ? promiseLines(facts, texts) : []),
  ]);
  return { text, keyboard: draftKeyboard(facts, texts) };
}

const canBeTrained = ({ avatar, draft, photos }: DraftFacts): boolean =>
  draft.consent !== null && describeSet(photos, avatar.type).isEnough;

function promiseLines({ quote: { choices, isFree } }: DraftFacts, texts: Translator): (Html | false)[] {
  const isPaid = choices.some(({ price }) => price > 0);
  return [isFree && texts.html('unlike-free'), isPaid && texts.html('train-promise')];
}

/** One tap begins the recommended training for the price that it shows; the others are one tap further. */
function trainRows(
  { avatar: { id: avatar }, quote }: DraftFacts,
  texts: Translator,
): InlineKeyboardButton[][] {
  const recommended = quote.choices.filter(({ speed }) => speed === defaultSpeed);
  const begin = recommended.map(({ speed, seconds, price }) => {
    const label = texts.plain('button-train', { time: durationText(seconds, texts) });
    return asMain(buttons.trainButton.button(priced(label, price, texts), { avatar, speed, credits: price }));
  });
  return [begin, [buttons.trainMenuButton.button(texts.plain('button-train-speeds'), { avatar })]];
}

/** Each photo is counted once, for what says most of it. */
function warningLines(photos: readonly DraftPhoto[], texts: Translator): Html[] {
  const warned = photos.filter(({ status }) => status === 'warned');
  return photoWarnings.flatMap((warning) => {
    const count = warned.filter((photo) => mainWarning(photo) === warning).length;
    return count === 0 ? [] : [texts.html('draft-warned', { count, reason: texts.html(`photo-${warning}`) })];
  });
}

const subjects = (avatar: Avatar): ConsentSubject[] =>
  consentSubjects.filter((subject) =>
    avatar.type === 'artistic' ? subject !== 'self' : consentFits(avatar.type, subject),
  );

function draftKeyboard(facts: DraftFacts, texts: Translator): Keyboard {
  const { avatar, draft, photos, others } = facts;
  const id = { avatar: avatar.id };
  const { warned } = describeSet(photos, avatar.type);
  const rows: InlineKeyboardButton[][] = [];
  if (draft.consent === null)
    for (const subject of subjects(avatar))
      rows.push([buttons.consentButton.button(texts.plain(`button-consent-${subject}`), { ...id, subject })]);
  if (canBeTrained(facts)) rows.push(...trainRows(facts, texts));
  const look = (which: buttons.PhotoChoice, label: string) =>
    buttons.photoCardButton.button(label, { ...id, photo: null, which });
  const views: InlineKeyboardButton[] = [];
  if (warned > 0) views.push(look('warned', texts.plain('button-photos-warned', { count: warned })));
  if (photos.length > 0) views.push(look('all', texts.plain('button-photos-all')));
  if (views.length > 0) rows.push(views);
  if (!draft.named && avatar.status === 'draft')
    rows.push([keepNameButton.button(texts.plain('button-keep-name', { name: cut(avatar.name, 30) }), id)]);
  if (others > 0) rows.push([buttons.draftsButton.button(texts.plain('button-drafts'), {})]);
  rows.push([
    buttons.draftCloseButton.button(texts.plain('button-draft-close'), id),
    ...(avatar.status === 'ready'
      ? []
      : [buttons.deleteAvatarButton.button(texts.plain('button-draft-delete'), id)]),
  ]);
  return rows;
}
