import type { Api } from 'grammy';
import type { Update } from 'grammy/types';
import { answering } from './replies.js';
import { bestEffort } from './telegram-errors.js';
import { type Language, languageOf, type Translator } from './wording/translator.js';

/** Tells the person that their message was given up, so that nobody waits for an answer. */
export const admitFailure =
  (api: Api, textsIn: (language: Language) => Translator) =>
  async ({ message, callback_query: tap }: Update): Promise<void> => {
    const person = message?.from ?? tap?.from;
    const chat = message?.chat.id ?? tap?.message?.chat.id;
    if (person === undefined || chat === undefined) return;
    const text = textsIn(languageOf(person.language_code)).plain('went-wrong');
    await bestEffort(() => api.sendMessage(chat, text, answering(message?.message_id)));
  };
