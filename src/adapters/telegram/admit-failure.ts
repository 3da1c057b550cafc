import type { Api } from 'grammy';
import type { Update } from 'grammy/types';
import { wayOnHere } from './features/way-on.js';
import { answering, asMessage } from './replies.js';
import { bestEffort } from './telegram-errors.js';
import { type Language, languageOf, type Translator } from './wording/translator.js';

/** Tells the person that their message was given up, so that nobody waits for an answer. */
export const admitFailure =
  (api: Api, textsIn: (language: Language) => Translator) =>
  async ({ message, callback_query: tap }: Update): Promise<void> => {
    const person = message?.from ?? tap?.from;
    const chat = message?.chat ?? tap?.message?.chat;
    if (person === undefined || chat === undefined) return;
    const texts = textsIn(languageOf(person.language_code));
    const way = chat.type === 'private' ? wayOnHere(texts) : [];
    const said = { ...asMessage(way), ...answering(message?.message_id) };
    await bestEffort(() => api.sendMessage(chat.id, texts.html('went-wrong').source, said));
  };
