import type { MiddlewareFn } from 'grammy';
import type { Logger } from '../../../application/ports/logger.js';
import { cut } from '../../../domain/cut-text.js';
import { DomainError } from '../../../domain/errors.js';
import type { BotContext } from '../bot-context.js';
import { answering, asMessage } from '../speaking.js';
import { troubleOf } from '../telegram-errors.js';
import type { Html } from '../wording/html.js';
import { refusalWords } from '../wording/refusal-words.js';
import { type Language, languageOf, type Words } from '../wording/words.js';

/** A refused wish is answered with its reason; a fault of ours is logged and admitted. Nothing ends in silence. */
export const explainRefusals =
  (log: Logger, wordsIn: (language: Language) => Words): MiddlewareFn<BotContext> =>
  async (context, next) => {
    try {
      await next();
    } catch (error) {
      // Fails before the caller is known only when the database does.
      const words = context.caller?.words ?? wordsIn(languageOf(context.from?.language_code));
      if (error instanceof DomainError) return explain(context, refusalWords(error.refusal, words));
      const trouble = troubleOf(error);
      const facts = { update: context.update.update_id, error };
      // A fault of ours or of Telegram's may be a moment's: it is tried again before it is admitted.
      if (trouble === null && isYounger(context, ourFaultSeconds)) throw error;
      if (trouble?.kind === 'delayed' && isYounger(context, theirFaultSeconds)) throw error;
      if (trouble === null) log.error('an update could not be dealt with', facts);
      else log.warn('Telegram refused an answer', facts);
      if (trouble === null || trouble.kind === 'refused') await explain(context, words.html('went-wrong'));
    }
  };

/**
 * For so long a message is tried again. What a killed process had in hand comes back after a minute, and may fail then
 * for the first time.
 */
const ourFaultSeconds = 180;
/** Telegram may be away for long, and who asked still wants to know. */
const theirFaultSeconds = 3600;

/** False of a tap: it is answered at once, for its query does not live longer. */
function isYounger({ message }: BotContext, seconds: number): boolean {
  return message !== undefined && Date.now() / 1000 - message.date < seconds;
}

/** Telegram's limit for the text of an alert. */
const alertLength = 200;

/** A word that Telegram cannot take now is given again with the whole message, while that is young. */
async function explain(context: BotContext, text: Html): Promise<void> {
  try {
    await answer(context, text);
  } catch (error) {
    const trouble = troubleOf(error);
    if (trouble === null || (trouble.kind === 'delayed' && isYounger(context, theirFaultSeconds)))
      throw error;
  }
}

async function answer(context: BotContext, text: Html): Promise<void> {
  if (context.callbackQuery !== undefined)
    await context.answerCallbackQuery({ text: cut(text.text, alertLength), show_alert: true });
  // As an answer: with several wishes under way it must be clear which one is refused.
  else if (context.message !== undefined)
    await context.reply(text.source, { ...asMessage(), ...answering(context.message.message_id) });
}
