import type { Message } from 'grammy/types';
import { secondsAfter } from '../../../domain/time.js';
import type { BotContext } from '../bot-context.js';
import type { BotServices } from '../bot-services.js';
import { originAt } from '../delivery/job-address.js';

/** Two taps on one button within this are one request. Seconds. */
const doubleTap = 3;

/**
 * Runs what costs something once for a double tap. The key names the tap itself, so that an update that is dealt
 * with again after a crash asks for the same job.
 */
export async function oncePerTap(
  { database, clock, source, workerId }: BotServices,
  context: BotContext,
  work: (requestKey: string) => Promise<void>,
): Promise<void> {
  const query = context.callbackQuery;
  if (query === undefined) return;
  const place = `${query.message?.chat.id ?? ''}:${query.message?.message_id ?? query.inline_message_id}`;
  const now = clock.now();
  const by = { owner: workerId, at: now };
  const tap = `tap:${source}:${place}:${context.from?.id}:${query.data}`;
  const isFirst = await database.stores.updates.claim(tap, 0, by, secondsAfter(now, -doubleTap));
  if (isFirst) await work(`${source}:tap:${query.id}`);
}

/** Where the answer to this message or tap goes; `said` is the message that is answered, when it is another one. */
export function originOf(context: BotContext, said: Message | undefined = context.message) {
  const { user, chat } = context;
  return originAt({
    chat: chat?.id ?? Number(user.id),
    message: said?.message_id ?? context.callbackQuery?.message?.message_id ?? null,
    language: user.texts.language,
    quiet: !user.preferences.notifications,
    quoted: said?.text !== undefined,
  });
}

/** Notifications about an avatar go to its owner's private chat, wherever they were asked for. */
export function ownChatOf({ user }: BotContext) {
  return originAt({
    chat: Number(user.id),
    message: null,
    language: user.texts.language,
    quiet: !user.preferences.notifications,
    quoted: false,
  });
}
