import { createHash } from 'node:crypto';
import type { PendingReply } from '../../../application/ports/stores/chat/pending-reply-store.js';
import { avatarId, generationId } from '../../../domain/ids.js';
import { buttonKind, type Field, idField, numberField } from './button-kind.js';

/** Names a question, so that a button under an old one does not end a newer one. */
const question: Field<string> = {
  write: (name) => name,
  read: (text) => (/^[\w-]{12}$/.test(text) ? text : undefined),
  longest: '____________',
};

export function nameOfQuestion({ kind, subject }: Pick<PendingReply, 'kind' | 'subject'>): string {
  // Of the same file its type is asked first, then its trigger.
  const about = kind === 'lora-file' ? String(Reflect.get(Object(JSON.parse(subject)), 'file')) : subject;
  return createHash('sha256').update(`${kind} ${about}`).digest('base64url').substring(0, 12);
}

/** The text that this message answers becomes a picture. */
export const useAsPromptButton = buttonKind('qp', {});
/** The same for so many credits: it costs no more than was said, though the text may have been edited meanwhile. */
export const makeOfWordsButton = buttonKind('qm', { credits: numberField });
/** Opens the guided screen with a picture's prompt and settings, and the text that this message answers in its words. */
export const editPictureButton = buttonKind('qe', { generation: idField(generationId) });
/** The text that this message answers is the answer after all. */
export const takeAnswerButton = buttonKind('qt', { question });
/** Puts the question again. */
export const answerAgainButton = buttonKind('qa', { question });
/** Leaves the question unanswered. */
export const leaveQuestionButton = buttonKind('qx', { question });
/** Leaves an avatar in the making with the name that it has. */
export const keepNameButton = buttonKind('qn', { avatar: idField(avatarId) });
