import type { CallbackQueryContext, Composer } from 'grammy';
import type { BotContext } from '../bot-context.js';
import { bestEffort } from '../telegram-errors.js';
import type { ButtonKind } from './button-kind.js';

type Tapped = CallbackQueryContext<BotContext>;

/**
 * Handles the taps on one kind of button. The handler may answer the tap with words of its own; a tap that it left
 * unanswered is answered after it, so that no button goes on spinning.
 */
export function onButton<Values>(
  composer: Composer<BotContext>,
  kind: ButtonKind<Values>,
  handle: (context: Tapped, values: Values) => Promise<unknown>,
): void {
  composer.callbackQuery(new RegExp(`^${kind.name}(:|$)`), async (context, next) => {
    const values = kind.read(context.callbackQuery.data);
    if (values === null) return next();
    let isAnswered = false;
    const answer = context.answerCallbackQuery.bind(context);
    context.answerCallbackQuery = async (...args) => {
      isAnswered = true;
      await bestEffort(() => answer(...args));
      return true;
    };
    await handle(context, values);
    if (!isAnswered) await context.answerCallbackQuery();
  });
}
