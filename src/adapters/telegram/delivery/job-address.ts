import type { Origin } from '../../../domain/origin.js';
import { type Language, languageOf } from '../wording/translator.js';

export const transportName = 'telegram';

/** Where a job was asked for, and so where its answer goes. */
export interface JobAddress {
  readonly chat: number;
  /** The message that asked; `null` when a button did. */
  readonly message: number | null;
  readonly language: Language;
  /** Sent without a sound. */
  readonly quiet: boolean;
  /** `message` shows the prompt, so that an answer to it need not repeat it. */
  readonly quoted: boolean;
}

export const originAt = ({ chat, message, language, quiet, quoted }: JobAddress): Origin => ({
  transport: transportName,
  address: { chat, message, language, quiet, quoted },
});

/** @throws Error when the origin is no place in Telegram */
export function addressOf({ address }: Origin): JobAddress {
  const { chat, message, language, quiet, quoted } = address;
  if (typeof chat !== 'number') throw new Error('the job was not asked for in a Telegram chat');
  return {
    chat,
    message: typeof message === 'number' ? message : null,
    language: languageOf(typeof language === 'string' ? language : null),
    quiet: quiet === true,
    quoted: quoted === true,
  };
}
