import type { MiddlewareFn } from 'grammy';
import type { Logger } from '../../../application/ports/logger.js';
import { DomainError } from '../../../domain/errors.js';
import { cut } from '../../../domain/text/cut-text.js';
import type { BotContext } from '../bot-context.js';
import { answering, asMessage } from '../replies.js';
import { troubleOf } from '../telegram-errors.js';
import type { Html } from '../wording/html.js';
import { refusalText } from '../wording/refusal-texts.js';
import { type Language, languageOf, type Translator } from '../wording/translator.js';
import { Patience } from './patience.js';

/** A refused request is answered with its reason; a fault of ours is logged and admitted. Nothing ends in silence. */
export const explainRefusals =
  (
    log: Logger,
    textsIn: (language: Language) => Translator,
    patience = new Patience(),
  ): MiddlewareFn<BotContext> =>
  async (context, next) => {
    const { update_id: update } = context.update;
    /** Never for a tap: it must be answered at once, its query expires soon. */
    const isTriedAgain = (seconds: number) =>
      context.message !== undefined && patience.lasts(update, seconds);
    /** If Telegram cannot take the answer now, the whole message is tried again, and the answer with it. */
    const explain = async (text: Html) => {
      try {
        await answer(context, text);
      } catch (error) {
        const trouble = troubleOf(error);
        if (trouble === null || (trouble.kind === 'delayed' && isTriedAgain(theirFaultSeconds))) throw error;
      }
    };
    try {
      await next();
    } catch (error) {
      // Fails before the user is known only when the database does.
      const texts = context.user?.texts ?? textsIn(languageOf(context.from?.language_code));
      const trouble = troubleOf(error);
      const facts = { update, error };
      if (error instanceof DomainError) await explain(refusalText(error.refusal, texts));
      // A fault of ours or of Telegram's may pass: the message is tried again before the person is told.
      else if (trouble === null && isTriedAgain(ourFaultSeconds)) throw error;
      else if (trouble?.kind === 'delayed' && isTriedAgain(theirFaultSeconds)) throw error;
      else {
        if (trouble === null) log.error('an update could not be dealt with', facts);
        else log.warn('Telegram refused an answer', facts);
        if (trouble === null || trouble.kind === 'refused') await explain(texts.html('went-wrong'));
      }
    }
    patience.ends(update);
  };

/**
 * How long a message is tried again. The messages of a killed process come back after a minute, and may fail for the
 * first time then.
 */
const ourFaultSeconds = 180;
/** Telegram may be away for long, and who asked still wants to know. */
const theirFaultSeconds = 3600;

/** Telegram's limit for the text of an alert. */
const alertLength = 200;

async function answer(context: BotContext, text: Html): Promise<void> {
  if (context.callbackQuery !== undefined)
    await context.answerCallbackQuery({ text: cut(text.text, alertLength), show_alert: true });
  // As an answer: with several requests under way it must be clear which one is refused.
  else if (context.message !== undefined)
    await context.reply(text.source, { ...asMessage(), ...answering(context.message.message_id) });
}
