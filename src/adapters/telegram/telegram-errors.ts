import { GrammyError, HttpError } from 'grammy';
import type { ApiError } from 'grammy/types';
import { DeliveryDelayed, type DeliveryReport } from '../../application/ports/transport.js';

/** What an error of the Bot API means for us. Decided by code, and by Telegram's words only where it has no code. */
export type TelegramTrouble =
  /** Try again, after so many seconds if it said so. */
  | { readonly kind: 'delayed'; readonly retryAfter: number | null }
  /** The person blocked the bot, left Telegram, or the chat is gone. */
  | { readonly kind: 'unreachable'; readonly reason: string }
  /** This chat takes no such message from us: a closed topic, no rights. Another chat may. */
  | { readonly kind: 'closed'; readonly reason: string }
  /** The group became a supergroup with this id. */
  | { readonly kind: 'moved'; readonly chat: number }
  /** There is nothing to change, or nothing to change it in. */
  | { readonly kind: 'pointless' }
  /** Telegram will not take this as a photo. */
  | { readonly kind: 'no_photo' }
  /** A file handle that it no longer knows, or knows as another form. */
  | { readonly kind: 'unknown_handle' }
  | { readonly kind: 'refused'; readonly reason: string };

const unreachable = /chat not found|user is deactivated|peer_id_invalid|bot was kicked/i;
const closed =
  /have no rights to send|not enough rights|administrator rights|CHAT_\w+_FORBIDDEN|CHAT_RESTRICTED|TOPIC_CLOSED|TOPIC_DELETED|message thread not found/i;
const pointless =
  /message is not modified|message to edit not found|message can't be edited|message to delete not found|message can't be deleted|query is too old|MESSAGE_ID_INVALID/i;
const noPhoto =
  /PHOTO_INVALID_DIMENSIONS|IMAGE_PROCESS_FAILED|PHOTO_SAVE_FILE_INVALID|PHOTO_CONTENT_TYPE_INVALID|too big for a photo/i;
const unknownHandle =
  /wrong file identifier|wrong remote file|can't use file of type|FILE_REFERENCE_|file_id|MEDIA_EMPTY/i;

/** In an album the refusal of one picture comes as a 400 with these words. */
const tooManyRequests = /Too Many Requests: retry after (\d+)/i;

/** Seconds that Telegram wants to be left alone for, `null` when it does not say so. */
export function floodWaitOf({
  error_code,
  description,
  parameters,
}: Pick<GrammyError, 'error_code' | 'description'> & Pick<ApiError, 'parameters'>): number | null {
  if (error_code === 429 && parameters?.retry_after !== undefined) return parameters.retry_after;
  const seconds = tooManyRequests.exec(description)?.[1];
  return seconds === undefined ? null : Number(seconds);
}

/** Returns `null` for what did not come from Telegram. */
export function troubleOf(error: unknown): TelegramTrouble | null {
  if (error instanceof HttpError) return { kind: 'delayed', retryAfter: null };
  if (!(error instanceof GrammyError)) return null;
  const { error_code: code, description, parameters } = error;
  const floodWait = floodWaitOf(error);
  if (code === 429 || floodWait !== null) return { kind: 'delayed', retryAfter: floodWait };
  // 401 and 404 mean that the token is wrong: the operator has to mend that, and no result may be lost.
  if (code >= 500 || code === 401 || code === 404) return { kind: 'delayed', retryAfter: null };
  if (parameters.migrate_to_chat_id !== undefined)
    return { kind: 'moved', chat: parameters.migrate_to_chat_id };
  // Before 403: a bot may be in a chat and not be allowed to send pictures there.
  if (closed.test(description)) return { kind: 'closed', reason: description };
  if (code === 403 || unreachable.test(description)) return { kind: 'unreachable', reason: description };
  if (pointless.test(description)) return { kind: 'pointless' };
  if (code === 413 || noPhoto.test(description)) return { kind: 'no_photo' };
  if (unknownHandle.test(description)) return { kind: 'unknown_handle' };
  return { kind: 'refused', reason: description };
}

/** The message says already what it was to say. */
export const isUnchanged = (error: unknown): boolean =>
  error instanceof GrammyError && /message is not modified/i.test(error.description);

/** Neither the chat that asked nor the person's own takes it. */
export class NowhereToSend extends Error {
  override readonly name = 'NowhereToSend';
}

/** Runs a delivery. @throws DeliveryDelayed when it should be tried again */
export async function delivering<Done>(
  work: () => Promise<Done>,
  sent: (done: Done) => DeliveryReport = () => ({ kind: 'sent' }),
): Promise<DeliveryReport> {
  try {
    return sent(await work());
  } catch (error) {
    if (error instanceof NowhereToSend) return { kind: 'nowhere', reason: error.message };
    const trouble = troubleOf(error);
    if (trouble?.kind === 'unreachable' || trouble?.kind === 'closed')
      return { kind: 'unreachable', reason: trouble.reason };
    if (trouble?.kind === 'delayed')
      throw new DeliveryDelayed('Telegram cannot take it now', trouble.retryAfter, { cause: error });
    throw error;
  }
}

/** For best effort (progress, tidying up): ignores what Telegram refuses, and says whether it worked. */
export async function bestEffort(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (troubleOf(error) === null) throw error;
    return false;
  }
}
