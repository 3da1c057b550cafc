import type { Origin } from '../../../../domain/origin.js';
import type { MessagePlace } from '../../replies.js';
import { type Language, languageOf } from '../../wording/translator.js';
import { transportName } from '../job-address.js';

/** A message of this bot's. To another bot, of an earlier token, it says nothing: numbers of messages differ. */
interface BroadcastPlace extends MessagePlace {
  readonly bot: string;
  readonly language: Language;
}

export const broadcastAt = ({ bot, chat, message, language }: BroadcastPlace): Origin => ({
  transport: transportName,
  address: { bot, chat, message, language },
});

/** `null`: it is no message of this bot's. */
export function broadcastPlaceOf({ address }: Origin, bot: string): BroadcastPlace | null {
  const { chat, message, language } = address;
  if (address.bot !== bot || typeof chat !== 'number' || typeof message !== 'number') return null;
  return { bot, chat, message, language: languageOf(typeof language === 'string' ? language : null) };
}
